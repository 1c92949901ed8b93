/** An authority and a certificate of a server, made with openssl for the time of a test. */
import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

export interface Certificates {
  /** PEM, as `tlsCAFile` wants it. */
  readonly authorityFile: string
  readonly certificate: Buffer
  readonly key: Buffer
  remove(): void
}

/** @param name what the server is called */
export function makeCertificates(name = "localhost"): Certificates {
  const folder = mkdtempSync(join(tmpdir(), "seatledger-tls-"))
  const file = (name: string) => join(folder, name)
  const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: folder, stdio: "pipe" })
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
  openssl(
    ...["req", "-x509", ...newKey, "-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-subj", "/CN=Seatledger test authority"],
    ...["-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign"],
  )
  openssl("req", ...newKey, "-keyout", "node.key", "-out", "node.csr", "-subj", `/CN=${name}`)
  writeFileSync(file("node.ext"), `subjectAltName=DNS:${name},IP:127.0.0.1\nextendedKeyUsage=serverAuth\nbasicConstraints=CA:FALSE\n`)
  openssl(
    ...["x509", "-req", "-in", "node.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial"],
    ...["-out", "node.pem", "-days", "2", "-extfile", "node.ext"],
  )
  return {
    authorityFile: file("ca.pem"),
    certificate: readFileSync(file("node.pem")),
    key: readFileSync(file("node.key")),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
