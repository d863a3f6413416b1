-- For wrk: asks for the names of a file, one after the other, around and around; every thread begins elsewhere.
--   wrk ... -s ask.lua URL -- NAMES
local count = 0

function setup(thread)
  thread:set("number", count)
  count = count + 1
end

function init(arguments)
  requests, at = {}, 0
  for name in io.lines(arguments[1]) do
    requests[#requests + 1] = "GET /domain/" .. name .. " HTTP/1.1\r\nHost: rdap.example\r\n\r\n"
  end
  at = math.floor(number * #requests / 8)
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency)
  local bad = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  io.write(string.format('{"answers": %d, "errors": %d, "seconds": %.3f, "failures": %d, "p50_ms": %.3f, "p99_ms": %.3f}\n',
    summary.requests, summary.errors.status, summary.duration / 1e6, bad, latency:percentile(50) / 1000,
    latency:percentile(99) / 1000))
end
