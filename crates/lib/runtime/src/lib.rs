//! What a long-running program needs: health endpoints, telemetry, an orderly end.
