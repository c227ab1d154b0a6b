/// What a job does to all items of an account that was closed or came back.
enum ItemTask: Sendable, Hashable {
    case trash(at: Timestamp)
    case restore(deletedAt: Timestamp)
    case handOver(to: ID<Account>)

    func request(for account: Account) -> JobRequest {
        var payload = ["account": account.id.description]
        switch self {
        case .trash(let moment): (payload["task"], payload["moment"]) = ("trash", String(moment.milliseconds))
        case .restore(let moment): (payload["task"], payload["moment"]) = ("restore", String(moment.milliseconds))
        case .handOver(let heir): (payload["task"], payload["heir"]) = ("hand_over", heir.description)
        }
        return JobRequest(kind: ItemJob.kind, payload: payload, tenant: account.tenant)
    }

    init?(_ payload: [String: String]) {
        let moment = payload["moment"].flatMap(Int64.init).map(Timestamp.init(milliseconds:))
        switch payload["task"] {
        case "trash":
            guard let moment else { return nil }
            self = .trash(at: moment)
        case "restore":
            guard let moment else { return nil }
            self = .restore(deletedAt: moment)
        case "hand_over":
            guard let heir = payload["heir"].flatMap(Int64.init) else { return nil }
            self = .handOver(to: ID(heir))
        case .some, .none: return nil
        }
    }
}
