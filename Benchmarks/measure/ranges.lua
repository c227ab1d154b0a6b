-- wrk script: each request asks for a range of SIZE bytes at a place chosen at random in a file of LENGTH bytes.

local size, length

function init(arguments)
    size = tonumber(arguments[1])
    length = tonumber(arguments[2])
    math.randomseed(1)
end

function request()
    local first = math.random(0, length - size)
    wrk.headers["Range"] = string.format("bytes=%d-%d", first, first + size - 1)
    return wrk.format("GET")
end
