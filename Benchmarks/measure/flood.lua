-- wrk script: sends a form from another address each time, once a second on each connection.
--
-- Arguments: the body with MARK in the place of what is new each time, and the headers as a flat JSON object.

local body
local turn = 0

function init(arguments)
    body = arguments[1]
    for name, value in arguments[2]:gmatch('"([^"]+)": "([^"]*)"') do
        wrk.headers[name] = value
    end
end

function delay()
    return 1000
end

function request()
    turn = turn + 1
    wrk.headers["X-Forwarded-For"] = string.format("198.19.%d.%d", math.floor(turn / 256) % 256, turn % 256)
    local sent = body:gsub("MARK", "nobody" .. turn .. "%%40example.org")
    return wrk.format("POST", nil, nil, sent)
end
