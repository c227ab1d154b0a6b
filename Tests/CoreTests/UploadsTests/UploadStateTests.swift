import Testing

@testable import Core

@Suite("The states of an upload")
struct UploadStateTests {
    @Test("An upload is received, stored and finished, and every step can be repeated")
    func road() throws {
        #expect(try UploadState.receiving.after(.accepted) == .storing)
        #expect(try UploadState.storing.after(.accepted) == .storing)
        #expect(try UploadState.storing.after(.stored) == .finished)
        #expect(try UploadState.finished.after(.stored) == .finished)
    }

    @Test("Nothing brings an ended upload back")
    func endings() {
        for state in [UploadState.terminated, .expired] {
            for event in [UploadState.Event.accepted, .stored] {
                #expect(throws: Failure.uploadGone) { try state.after(event) }
            }
        }
    }

    @Test("What is on its way to an item can be neither ended nor expired")
    func storing() {
        #expect(throws: Failure.uploadBusy) { try UploadState.storing.after(.terminated) }
        #expect(throws: Failure.uploadBusy) { try UploadState.storing.after(.expired) }
        #expect(throws: Failure.uploadIncomplete) { try UploadState.receiving.after(.stored) }
    }
}
