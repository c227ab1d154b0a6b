import Foundation

/// What happened, with as much of it as a sentence about it needs.
package enum NotificationEvent: Sendable, Hashable {
    case mediaReady(Item)
    case mediaFailed(Item)
    case storageNearlyFull(Storage)
    case importFinished(Import)
    case accountUnlocked
    case accountTypeChanged(TypeChange)
    case newDevice(Device)
    case passwordChanged
    case addressChanged
    case secondFactorOn
    case secondFactorOff
    case passkeyAdded
    case passkeyRemoved

    package struct Item: Sendable, Hashable, Codable {
        package let publicID: String
        /// As it was then.
        package let title: String

        package init(publicID: String, title: String) {
            self.publicID = publicID
            self.title = title
        }
    }

    /// In bytes.
    package struct Storage: Sendable, Hashable, Codable {
        package let used: Int64
        package let limit: Int64

        package init(used: Int64, limit: Int64) {
            self.used = used
            self.limit = limit
        }
    }

    package struct Import: Sendable, Hashable, Codable {
        package let publicID: String
        /// How many accounts were made.
        package let added: Int

        package init(publicID: String, added: Int) {
            self.publicID = publicID
            self.added = added
        }
    }

    package struct TypeChange: Sendable, Hashable, Codable {
        /// What the type was called then.
        package let name: String

        package init(name: String) {
            self.name = name
        }
    }

    package struct Device: Sendable, Hashable, Codable {
        /// On the network.
        package let address: String
        package let userAgent: String

        package init(address: String, userAgent: String) {
            self.address = address
            self.userAgent = userAgent
        }
    }

    package var kind: NotificationKind {
        switch self {
        case .mediaReady: .mediaReady
        case .mediaFailed: .mediaFailed
        case .storageNearlyFull: .storageNearlyFull
        case .importFinished: .importFinished
        case .accountUnlocked: .accountUnlocked
        case .accountTypeChanged: .accountTypeChanged
        case .newDevice: .newDevice
        case .passwordChanged: .passwordChanged
        case .addressChanged: .addressChanged
        case .secondFactorOn: .secondFactorOn
        case .secondFactorOff: .secondFactorOff
        case .passkeyAdded: .passkeyAdded
        case .passkeyRemoved: .passkeyRemoved
        }
    }
}

/// As the database keeps it.
extension NotificationEvent {
    var payload: String {
        get throws {
            switch self {
            case .mediaReady(let item), .mediaFailed(let item): try Self.json(item)
            case .storageNearlyFull(let storage): try Self.json(storage)
            case .importFinished(let list): try Self.json(list)
            case .accountTypeChanged(let change): try Self.json(change)
            case .newDevice(let device): try Self.json(device)
            case .accountUnlocked, .passwordChanged, .addressChanged, .secondFactorOn, .secondFactorOff, .passkeyAdded,
                .passkeyRemoved:
                "{}"
            }
        }
    }

    init(_ kind: NotificationKind, payload: String) throws {
        switch kind {
        case .mediaReady: self = .mediaReady(try Self.value(payload))
        case .mediaFailed: self = .mediaFailed(try Self.value(payload))
        case .storageNearlyFull: self = .storageNearlyFull(try Self.value(payload))
        case .importFinished: self = .importFinished(try Self.value(payload))
        case .accountUnlocked: self = .accountUnlocked
        case .accountTypeChanged: self = .accountTypeChanged(try Self.value(payload))
        case .newDevice: self = .newDevice(try Self.value(payload))
        case .passwordChanged: self = .passwordChanged
        case .addressChanged: self = .addressChanged
        case .secondFactorOn: self = .secondFactorOn
        case .secondFactorOff: self = .secondFactorOff
        case .passkeyAdded: self = .passkeyAdded
        case .passkeyRemoved: self = .passkeyRemoved
        }
    }

    private static func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    private static func value<Value: Decodable>(_ payload: String) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(payload.utf8))
    }
}
