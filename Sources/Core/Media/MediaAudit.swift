extension AuditSubject {
    package static func media(_ id: ID<Media>) -> AuditSubject { AuditSubject(kind: "media", id: id.value) }
}
