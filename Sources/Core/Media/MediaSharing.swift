extension Scope {
    /// Throws `Failure` at the field `visibility` for an item that others would see, where one may not share.
    func checkMayShare(_ visibility: Media.Visibility) throws(Failure) {
        switch visibility {
        case .private: return
        case .unlisted, .public: guard may(.share) else { throw .invalid([.mayNotShare]) }
        }
    }
}
