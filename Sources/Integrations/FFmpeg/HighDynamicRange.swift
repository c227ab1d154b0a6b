/// Films that hold more light and more colours than usual screens show (ITU-R BT.2100), by ffmpeg's name of their curve.
package enum HighDynamicRange: String, Sendable, Hashable {
    case perceptualQuantizer = "smpte2084"
    case hybridLogGamma = "arib-std-b67"

    /// ffmpeg's filters that bring a picture into BT.709: dark and middle tones as they are, what is brighter pressed
    /// together.
    ///
    /// The colours are set first, as files often name the curve alone.
    var toneMapping: String {
        "setparams=color_primaries=bt2020:color_trc=\(rawValue):colorspace=bt2020nc,zscale=t=linear:npl=100,"
            + "format=gbrpf32le,zscale=p=bt709,tonemap=mobius:desat=0,zscale=t=bt709:m=bt709:r=tv,format=yuv420p"
    }
}
