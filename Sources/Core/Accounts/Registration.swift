/// What somebody typed to get an account, as it came.
package struct Registration: Sendable, Hashable {
    package let username: String
    package let email: String
    package let password: String
    package let passwordConfirmation: String
    /// In which language the person wants to be written to (BCP 47).
    package let language: String
    package let agreement: Agreement

    /// Whether the person agreed to the platform's policies.
    package enum Agreement: Sendable, Hashable {
        /// Somebody else makes the account, or it is the one that runs the platform.
        case notAsked
        case refused
        case given(PolicyVersions)
    }

    package init(
        username: String,
        email: String,
        password: String,
        passwordConfirmation: String,
        language: String = "en",
        agreement: Agreement = .notAsked
    ) {
        self.username = username
        self.email = email
        self.password = password
        self.passwordConfirmation = passwordConfirmation
        self.language = language
        self.agreement = agreement
    }

    struct Checked: Sendable {
        let username: Username
        let email: EmailAddress
        let password: String
    }

    /// Every field's own problem; what was readable is answered as well, so that it can be looked up.
    func check(_ rules: PasswordRules) -> (username: Username?, email: EmailAddress?, problems: [Failure.FieldProblem])
    {
        var problems: [Failure.FieldProblem] = []
        var parsedName: Username?
        var parsedEmail: EmailAddress?
        do throws(Failure.FieldProblem) { parsedName = try Username(username) } catch { problems.append(error) }
        do throws(Failure.FieldProblem) { parsedEmail = try EmailAddress(email) } catch { problems.append(error) }
        if let problem = rules.problem(of: password, knownBy: [username.trimmed, email.trimmed]) {
            problems.append(problem)
        }
        if password != passwordConfirmation { problems.append(.confirmationDiffers) }
        if agreement == .refused { problems.append(.agreementMissing) }
        return (parsedName, parsedEmail, problems)
    }
}

/// An account that somebody else makes: an administrator, a reseller, a command.
package struct NewAccount: Sendable, Hashable {
    package let registration: Registration
    /// A user type's code.
    package let typeCode: String
    package let parent: ID<Account>?

    package init(
        username: String,
        email: String,
        password: String,
        typeCode: String,
        parent: ID<Account>? = nil
    ) {
        registration = Registration(
            username: username,
            email: email,
            password: password,
            passwordConfirmation: password
        )
        self.typeCode = typeCode
        self.parent = parent
    }
}
