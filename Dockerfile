# Seatledger, with either kind of store: one image for one node or many (docker-compose.yml).
# Versions, not digests: docs/operations.md says how to put the digest of your registry behind them.
FROM node:24.11.1-bookworm-slim AS build
WORKDIR /app
# Only needed where better-sqlite3 has no ready-made binary.
RUN apt-get update \
  && apt-get install -y --no-install-recommends python3 make g++ \
  && rm -rf /var/lib/apt/lists/*
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
# jest.config.js holds the options of the compiler (bin/build.js).
COPY jest.config.js tsconfig.json ./
COPY bin ./bin
COPY schema ./schema
COPY projections ./projections
COPY src ./src
COPY console ./console
RUN npm run build && npm prune --omit=dev --no-audit --no-fund

# Makes passwords and certificates for the stores of docker-compose.yml, and ends.
FROM node:24.11.1-bookworm-slim AS setup
RUN apt-get update \
  && apt-get install -y --no-install-recommends openssl \
  && rm -rf /var/lib/apt/lists/*
COPY deploy/setup.sh /usr/local/bin/setup.sh
# docker-compose.yml makes it root, with three capabilities and no network; by itself it needs neither.
USER node
HEALTHCHECK NONE
ENTRYPOINT ["/bin/sh", "/usr/local/bin/setup.sh"]
CMD ["/made"]

FROM node:24.11.1-bookworm-slim AS seatledger
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
# Running requests finish first (SEATLEDGER_SHUTDOWN_MS).
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=5m --start-interval=1s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "bin/seatledger.js"]
CMD ["serve"]
