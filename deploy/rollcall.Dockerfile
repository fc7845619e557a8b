# The control plane as a small image: `docker build -f deploy/rollcall.Dockerfile -t rollcall .`
FROM rust:1.95-slim-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN cargo build --locked --release --package rollcall

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates \
  && rm -rf /var/lib/apt/lists/* && install -d -o 65532 -g 65532 -m 700 /var/lib/rollcall
COPY --from=build /source/target/release/rollcall /usr/local/bin/
# Nobody in particular, by number, so that an orchestrator can check it.
USER 65532:65532
# The database, the files and the certificate; everything else may be read-only.
VOLUME /var/lib/rollcall
ENV ROLLCALL_DATA=/var/lib/rollcall ROLLCALL_LISTEN=0.0.0.0:8443
EXPOSE 8443
HEALTHCHECK --interval=30s --timeout=6s --start-period=60s CMD ["rollcall", "health"]
ENTRYPOINT ["rollcall"]
CMD ["serve"]
