extension MediaProbe.Stream {
    /// ffmpeg's filters that make pictures of that size which any screen shows: whole ones with square pixels and usual
    /// light. The right way up they are already, as ffmpeg turns them before its filters see them.
    func filters(to size: PictureSize) -> String {
        var filters = isInterlaced ? ["yadif=deint=interlaced"] : []
        filters.append("scale=\(size.width):\(size.height)")
        if let highDynamicRange { filters.append(highDynamicRange.toneMapping) }
        filters.append("setsar=1")
        return filters.joined(separator: ",")
    }
}
