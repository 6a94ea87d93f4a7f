-- A bid by one of 64 organisations for a random tender, its file already uploaded by it; each file is used once.
local n, run = tonumber(os.getenv("BENCH_TENDERS")), tonumber(os.getenv("BENCH_RUN"))
local base, i = run * tonumber(os.getenv("BENCH_FILES")), 0
init = function(args) math.randomseed(run) end
request = function()
    local t = math.random(0, n - 1)
    i = i + 1
    local o = (base + i) % 64
    return wrk.format("POST", string.format("/api/v1/tenders/%08x-0000-8000-8000-%012d/bids", 1 + t % 100, t), {
        ["Content-Type"] = "application/json",
        ["Authorization"] = string.format("Bearer bench-token-%02d", o),
        ["Idempotency-Key"] = string.format("bench-%020d", base + i),
    }, string.format('{"lot":1,"organisation":"00000000-0000-8000-8000-%012d","sha256":"%064x","bytes":65536}', o, base + i))
end
done = dofile(os.getenv("BENCH_FOLDER") .. "/done.lua")
