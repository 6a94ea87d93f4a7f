-- A page of 20 tenders of a random office.
request = function()
    return wrk.format("GET", string.format("/api/v1/offices/%d/tenders", math.random(1, 100)))
end
done = dofile(os.getenv("BENCH_FOLDER") .. "/done.lua")
