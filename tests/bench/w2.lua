-- A page of 20 tenders of a random office.
local asks, random = {}, math.random
init = function(args)
    math.randomseed(os.time())
    for office = 1, 100 do asks[office] = wrk.format("GET", string.format("/api/v1/offices/%d/tenders", office)) end
end
request = function() return asks[random(100)] end
done = dofile(os.getenv("BENCH_FOLDER") .. "/done.lua")
