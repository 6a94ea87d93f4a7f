-- One tender by random id.  Addresses are made before, so that the load generator costs as little as pgbench's.
local n, k = tonumber(os.getenv("BENCH_TENDERS")), 0
local count, asks, random = 20000, {}, math.random
init = function(args)
    math.randomseed(os.time() + k)
    for j = 1, count do
        local i = random(0, n - 1)
        asks[j] = wrk.format("GET", string.format("/api/v1/tenders/%08x-0000-8000-8000-%012d", 1 + i % 100, i))
    end
end
setup = function(thread) k = k + 1; thread:set("k", k) end
request = function() return asks[random(count)] end
done = dofile(os.getenv("BENCH_FOLDER") .. "/done.lua")
