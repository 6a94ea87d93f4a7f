-- One line for tests/bench/run: requests, microseconds, p50 and p99 in microseconds, answers other than 2xx, socket errors.
return function(summary, latency, requests)
    local e = summary.errors
    io.write(string.format("BENCH %d %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50),
        latency:percentile(99), e.status, e.connect + e.read + e.write + e.timeout))
end
