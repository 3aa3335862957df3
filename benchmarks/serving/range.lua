-- Ask for a random stretch of 64 KB to 1 MB, as players do; or for the whole file when WHOLE is set.
local size = tonumber(os.getenv("SIZE"))
local whole = os.getenv("WHOLE")
math.randomseed(7)
request = function()
  if whole then return wrk.format("GET") end
  local length = math.random(65536, 1048576)
  local start = math.random(0, size - length)
  wrk.headers["Range"] = "bytes=" .. start .. "-" .. (start + length - 1)
  return wrk.format("GET")
end
done = function(summary, latency, requests)
  local bad = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout
  io.write(string.format("RESULT %d %d %d %d %d\n", summary.requests, summary.bytes, summary.duration, latency:percentile(99), bad))
end
