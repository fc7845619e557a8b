# The connector as a small image: `docker build -f deploy/baton-cloudflare.Dockerfile -t baton-cloudflare .`
FROM rust:1.95-slim-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN cargo build --locked --release --package baton-cloudflare

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/*
COPY --from=build /source/target/release/baton-cloudflare /usr/local/bin/
# Nobody in particular, by number, so that an orchestrator can check it.
USER 65532:65532
# The only place that is written to: files on their way to the control plane.
VOLUME /tmp
ENV BATON_HEALTH_CHECK=true
HEALTHCHECK --interval=30s --timeout=6s --start-period=60s CMD ["baton-cloudflare", "health-check", "--endpoint", "live"]
ENTRYPOINT ["baton-cloudflare"]
