import Core
import Site
import Testing

struct FormatTests {
    @Test(
        "Sizes read as a person says them",
        arguments: [
            (0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1000, "1 kB"), (1549, "1.5 kB"), (9949, "9.9 kB"),
            (9950, "10 kB"), (999_499, "999 kB"), (999_500, "1 MB"), (4_200_000_000, "4.2 GB"), (Int64.max, "9223 PB"),
        ] as [(Int64, String)]
    )
    func size(bytes: Int64, text: String) {
        #expect(Format.size(bytes) == text)
    }

    @Test(
        "Lengths read as on a player",
        arguments: [(0, "0:00"), (42, "0:42"), (727, "12:07"), (3599, "59:59"), (3753, "1:02:33"), (-5, "0:00")]
    )
    func length(seconds: Int, text: String) {
        #expect(Format.length(.seconds(seconds)) == text)
    }
}
