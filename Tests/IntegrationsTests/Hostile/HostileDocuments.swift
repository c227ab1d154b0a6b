/// PDFs that act, name other files, or never end.
enum HostileDocuments {
    static func all(_ lure: Lure) -> [HostileFile] {
        let (url, bait) = (lure.url, lure.bait)
        return [
            document("script.pdf", catalog: "/OpenAction<</S/JavaScript/JS(app.launchURL\\('\(url)'\\))>>"),
            document("launch.pdf", catalog: "/OpenAction<</S/Launch/F(/usr/bin/touch)/Unix<</F(\(bait))>>>>"),
            document("link.pdf", catalog: "/OpenAction<</S/URI/URI(\(url))>>"),
            document("submit.pdf", catalog: "/AA<</WC<</S/SubmitForm/F<</FS/URL/F(\(url))>>>>>>"),
            document("elsewhere.pdf", catalog: "/OpenAction<</S/GoToR/F(\(bait))/D[0/Fit]>>"),
            document("form.pdf", catalog: "/AcroForm<</XFA(<a href='\(url)'/>)/Fields[]>>"),
            document(
                "embedded.pdf",
                catalog: "/Names<</EmbeddedFiles<</Names[(a)<</Type/Filespec/F(../../a)/EF<</F 4 0 R>>>>]>>>>",
                content: "<</Length 4>>stream\nMZ\0\0\nendstream"
            ),
            document("outside-stream.pdf", content: "<</Length 0/F(\(bait))>>stream\n\nendstream"),
            document("outside-url.pdf", content: "<</Length 0/F<</FS/URL/F(\(url))>>>>stream\n\nendstream"),
            document(
                "outside-picture.pdf",
                page: "/Resources<</XObject<</A 4 0 R>>>>/Annots[4 0 R]",
                content: picture(url)
            ),
            document("wall.pdf", box: "[0 0 1000000000 1000000000]"),
            document("needle.pdf", box: "[0 0 0.0001 99999999]"),
            document("self.pdf", page: "/Resources<</XObject<</A 4 0 R>>>>", content: itself),
            document("pattern.pdf", content: "<</Length 60>>stream\n\(String(repeating: "q ", count: 30))\nendstream"),
            document("many.pdf", count: 2_000_000_000),
            document("loop.pdf", kids: "2 0 R"),
            document("secret.pdf", trailer: "/Encrypt<</Filter/Standard/V 1/R 2/O(a)/U(b)/P -4>>"),
            document("nested.pdf", page: "/X " + String(repeating: "[", count: 20_000)),
            HostileFile("archive.pdf", HostilePictures.archive, document("a").bytes),
            HostileFile("late.pdf", Bytes.times(900, 0x20), document("a").bytes),
            HostileFile("office.docx", HostilePictures.archive),
        ]
    }

    private static func picture(_ url: String) -> String {
        "<</Type/XObject/Subtype/Image/Width 60000/Height 60000/BitsPerComponent 8/ColorSpace/DeviceRGB"
            + "/Length 1/F<</FS/URL/F(\(url))>>>>stream\n \nendstream"
    }

    /// A drawing that draws itself.
    private static let itself =
        "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 4 0 R>>>>/Length 5>>stream\n/A Do\nendstream"

    private static func document(
        _ name: String,
        catalog: String = "",
        page: String = "",
        box: String = "[0 0 200 300]",
        content: String = "<</Length 0>>stream\n\nendstream",
        count: Int = 1,
        kids: String = "3 0 R",
        trailer: String = ""
    ) -> HostileFile {
        HostileFile(
            name,
            """
            %PDF-1.7
            1 0 obj<</Type/Catalog/Pages 2 0 R\(catalog)>>endobj
            2 0 obj<</Type/Pages/Kids[\(kids)]/Count \(count)>>endobj
            3 0 obj<</Type/Page/Parent 2 0 R/MediaBox\(box)/Contents 4 0 R\(page)>>endobj
            4 0 obj\(content)endobj
            trailer<</Root 1 0 R/Size 5\(trailer)>>
            %%EOF
            """
        )
    }
}
