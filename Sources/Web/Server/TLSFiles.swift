package import NIOSSL

/// A certificate chain and its private key, both PEM files.
package struct TLSFiles: Sendable, Equatable {
    package let certificateChain: String
    package let privateKey: String

    package init(certificateChain: String, privateKey: String) {
        self.certificateChain = certificateChain
        self.privateKey = privateKey
    }

    /// TLS 1.2 and newer, HTTP/1.1. Of TLS 1.2 only suites with forward secrecy and authenticated encryption (RFC 9325 section
    /// 4.2); those of TLS 1.3 all have both.
    ///
    /// - Throws: `NIOSSLError` or `BoringSSLError` when a file is missing, unreadable or of another kind.
    package func configuration() throws -> TLSConfiguration {
        let chain = try NIOSSLCertificate.fromPEMFile(certificateChain).map(NIOSSLCertificateSource.certificate)
        let key = try NIOSSLPrivateKey(file: privateKey, format: .pem)
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain,
            privateKey: .privateKey(key)
        )
        configuration.minimumTLSVersion = .tlsv12
        configuration.cipherSuites = "ECDHE+AESGCM:ECDHE+CHACHA20"
        configuration.applicationProtocols = ["http/1.1"]
        return configuration
    }
}
