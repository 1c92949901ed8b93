# Seatledger on its embedded store (SQLite): one container, one volume.
FROM node:24-bookworm-slim AS build
WORKDIR /app
# Only needed where better-sqlite3 has no ready-made binary.
RUN apt-get update && apt-get install -y --no-install-recommends python3 make g++ && rm -rf /var/lib/apt/lists/*
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build && npm prune --omit=dev --no-audit --no-fund

FROM node:24-bookworm-slim
WORKDIR /app
# In production sign-in is by your identity provider (SEATLEDGER_AUTH=jwks); docker-compose.yml tries it out without one.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000 SEATLEDGER_DATA=/data
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/bin ./bin
COPY --from=build /app/dist ./dist
COPY --from=build /app/schema ./schema
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "bin/seatledger.js"]
CMD ["serve"]
