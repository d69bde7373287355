// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// Somebody who may help an account back: a person's account, a wallet, or the key behind a recovery code.
struct Guardian {
    address guardian;
    /// Counts towards the threshold; 255 is the most, so that one guardian can be made enough.
    uint8 weight;
}

/// @title Lets guardians give an account new signers, after a delay in which it can be vetoed.
/// @notice An account names its guardians by a call of its own. Guardians approve one set of signers until their weights
/// reach the threshold: then the delay runs, in which the account, or more than half of its guardians, may veto. After it
/// anyone executes. Only one recovery is pending at a time and nothing restarts its clock; guardians cannot be changed
/// while one is. Every end of a round voids all approvals and signatures given in it.
interface IRecovery {
    /// @notice Replaces all guardians of the account; an empty list ends its protection.
    event GuardiansSet(address indexed account, Guardian[] guardians, uint16 threshold, uint32 delay);
    event RecoveryApproved(address indexed account, address indexed guardian, uint64 round, bytes[] signers, uint64 threshold);
    /// @param executableAt Unix seconds: when the delay is over.
    event RecoveryStarted(address indexed account, uint64 round, bytes[] signers, uint64 threshold, uint40 executableAt);
    /// @notice One guardian objects; the recovery goes on until more than half of them do.
    event RecoveryOpposed(address indexed account, address indexed guardian, uint64 round);
    /// @notice The round is over without new signers. `by`: the account, or the guardian whose objection decided.
    event RecoveryVetoed(address indexed account, address indexed by, uint64 round);
    /// @notice A guardian whose recovery the others have vetoed is one no longer.
    event GuardianStruck(address indexed account, address indexed guardian);
    event RecoveryExecuted(address indexed account, uint64 round, bytes[] signers, uint64 threshold);

    /// @notice Thrown when the delay is shorter than a day or longer than 30.
    error Recovery_InvalidDelay(uint32 delay);
    /// @notice Thrown for more than 10 guardians, weightless, doubled or zero ones, and the account itself.
    error Recovery_InvalidGuardian(address guardian);
    /// @notice Thrown when the guardians' weights do not reach the threshold, or it is zero.
    error Recovery_UnreachableThreshold(uint256 weight, uint16 threshold);
    /// @notice Thrown for no signers, more than 16, malformed or doubled ones, the account itself, or a threshold they cannot reach.
    error Recovery_InvalidSigners(address account);
    error Recovery_NotGuardian(address account, address caller);
    error Recovery_AlreadyApproved(address account, address guardian);
    error Recovery_AlreadyOpposed(address account, address guardian);
    /// @notice Thrown while a recovery is pending: veto it first.
    error Recovery_Pending(address account, uint40 executableAt);
    /// @notice Thrown when no recovery is pending, or another one.
    error Recovery_NotPending(address account);
    error Recovery_TooEarly(address account, uint40 executableAt);
    error Recovery_Expired(uint64 validBefore);
    error Recovery_InvalidSignature(address guardian);

    /// @notice Names the caller's guardians. Not while a recovery of the caller is pending.
    /// @param delay Seconds between the last approval and the earliest execution: a day to 30.
    function setGuardians(Guardian[] calldata guardians, uint16 threshold, uint32 delay) external;

    /// @notice A guardian approves new signers for the account; its approval counts for 30 days from the first one on.
    function approve(address account, bytes[] calldata signers, uint64 threshold) external;

    /// @notice {approve} by EIP-712 signature `RecoveryApproval` (ERC-1271 for contracts), brought by anyone.
    function approveBySignature(
        address account,
        bytes[] calldata signers,
        uint64 threshold,
        address guardian,
        uint64 validBefore,
        bytes calldata signature
    ) external;

    /// @notice Called by the account: ends the round, with all approvals gathered in it. Called by a guardian: objects to
    /// the pending recovery; the objection of more than half ends it and strikes the guardians who brought it and stand by it.
    function veto(address account) external;

    /// @notice A guardian's {veto} by EIP-712 signature `RecoveryVeto`, brought by anyone.
    function vetoBySignature(address account, address guardian, uint64 validBefore, bytes calldata signature) external;

    /// @notice Anyone, after the delay: the account's signers become exactly these.
    function execute(address account, bytes[] calldata signers, uint64 threshold) external;

    /// @notice All there is to know: who helps, under which rules, the present round, and what is pending (its id and
    /// from when on it can be executed, in Unix seconds; both zero when nothing is).
    function planOf(address account)
        external
        view
        returns (
            Guardian[] memory guardians,
            uint16 threshold,
            uint32 delay,
            uint64 round,
            bytes32 pending,
            uint40 executableAt
        );

    /// @notice The id under which approvals of these signers are counted in the account's present round.
    function proposalOf(address account, bytes[] calldata signers, uint64 threshold) external view returns (bytes32);
}

/// @notice What an account has to offer so that it can be recovered.
interface IRecoverable {
    /// @notice Makes exactly these the signers. Only the account's recovery contract.
    function replaceSigners(bytes[] calldata signers, uint64 threshold) external;
}
