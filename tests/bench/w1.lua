-- One tender by random id.
local n, k = tonumber(os.getenv("BENCH_TENDERS")), 0
init = function(args) math.randomseed(os.time() + k) end
setup = function(thread) k = k + 1; thread:set("k", k) end
request = function()
    local i = math.random(0, n - 1)
    return wrk.format("GET", string.format("/api/v1/tenders/%08x-0000-8000-8000-%012d", 1 + i % 100, i))
end
done = dofile(os.getenv("BENCH_FOLDER") .. "/done.lua")
