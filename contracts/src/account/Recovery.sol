// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {Guardian, IRecoverable, IRecovery} from "./IRecovery.sol";

/// @title Recovery: see {IRecovery}. Holds nothing, has no owner, and reaches only accounts that were built to listen to it.
contract Recovery is IRecovery, EIP712 {
    struct Plan {
        uint16 threshold;
        uint32 delay;
        /// Counts rounds that ended: part of every approval and signature, so that none outlives its round.
        uint64 round;
        /// Unix seconds; zero when nothing is pending.
        uint40 executableAt;
        /// Guardians who object to what is pending, by place in the list.
        uint16 opposed;
        bytes32 pending;
        Guardian[] guardians;
    }

    struct Approvals {
        uint40 validUntil;
        /// By place in the list of guardians.
        uint16 given;
    }

    uint32 private constant MIN_DELAY = 1 days;
    uint32 private constant MAX_DELAY = 30 days;
    uint256 private constant MAX_GUARDIANS = 10;
    uint256 private constant MAX_SIGNERS = 16;
    /// A verifier's address and an RSA key of 2048 bits fit.
    uint256 private constant MAX_SIGNER_BYTES = 320;
    uint40 private constant APPROVAL_LIFETIME = 30 days;
    bytes32 private constant APPROVAL_TYPE = keccak256(
        "RecoveryApproval(address account,bytes[] signers,uint64 threshold,uint64 round,uint64 validBefore)"
    );
    bytes32 private constant VETO_TYPE = keccak256("RecoveryVeto(address account,uint64 round,uint64 validBefore)");

    mapping(address account => Plan) private _plans;
    mapping(bytes32 proposal => Approvals) private _approvals;

    constructor() EIP712("Kaishi Recovery", "1") {}

    /// @inheritdoc IRecovery
    function setGuardians(Guardian[] calldata guardians, uint16 threshold, uint32 delay) external {
        Plan storage plan = _plans[msg.sender];
        _requireIdle(msg.sender, plan);
        if (guardians.length == 0) {
            require(threshold == 0, Recovery_UnreachableThreshold(0, threshold));
            require(delay == 0, Recovery_InvalidDelay(delay));
        } else {
            require(delay >= MIN_DELAY && delay <= MAX_DELAY, Recovery_InvalidDelay(delay));
            uint256 weight = _requireGuardians(msg.sender, guardians);
            require(threshold != 0 && weight >= threshold, Recovery_UnreachableThreshold(weight, threshold));
        }

        delete plan.guardians;
        for (uint256 i = 0; i < guardians.length; ++i) plan.guardians.push(guardians[i]);
        (plan.threshold, plan.delay) = (threshold, delay);
        ++plan.round;
        emit GuardiansSet(msg.sender, guardians, threshold, delay);
    }

    /// @inheritdoc IRecovery
    function approve(address account, bytes[] calldata signers, uint64 threshold) external {
        _approve(account, signers, threshold, msg.sender);
    }

    /// @inheritdoc IRecovery
    function approveBySignature(
        address account,
        bytes[] calldata signers,
        uint64 threshold,
        address guardian,
        uint64 validBefore,
        bytes calldata signature
    ) external {
        bytes32 structHash = keccak256(
            abi.encode(APPROVAL_TYPE, account, _hashOf(signers), threshold, _plans[account].round, validBefore)
        );
        _requireSignature(structHash, guardian, validBefore, signature);
        _approve(account, signers, threshold, guardian);
    }

    /// @inheritdoc IRecovery
    function veto(address account) external {
        Plan storage plan = _plans[account];
        if (msg.sender != account) return _oppose(account, plan, msg.sender);
        uint64 round = plan.round;
        _endRound(plan);
        emit RecoveryVetoed(account, account, round);
    }

    /// @inheritdoc IRecovery
    function vetoBySignature(address account, address guardian, uint64 validBefore, bytes calldata signature) external {
        Plan storage plan = _plans[account];
        bytes32 structHash = keccak256(abi.encode(VETO_TYPE, account, plan.round, validBefore));
        _requireSignature(structHash, guardian, validBefore, signature);
        _oppose(account, plan, guardian);
    }

    /// @inheritdoc IRecovery
    function execute(address account, bytes[] calldata signers, uint64 threshold) external {
        Plan storage plan = _plans[account];
        uint40 executableAt = plan.executableAt;
        require(
            executableAt != 0 && plan.pending == proposalOf(account, signers, threshold), Recovery_NotPending(account)
        );
        require(block.timestamp >= executableAt, Recovery_TooEarly(account, executableAt));
        uint64 round = plan.round;
        _endRound(plan);
        emit RecoveryExecuted(account, round, signers, threshold);
        IRecoverable(account).replaceSigners(signers, threshold);
    }

    /// @inheritdoc IRecovery
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
        )
    {
        Plan storage plan = _plans[account];
        return (plan.guardians, plan.threshold, plan.delay, plan.round, plan.pending, plan.executableAt);
    }

    /// @inheritdoc IRecovery
    function proposalOf(address account, bytes[] calldata signers, uint64 threshold) public view returns (bytes32) {
        return keccak256(abi.encode(account, _plans[account].round, _hashOf(signers), threshold));
    }

    function _approve(address account, bytes[] calldata signers, uint64 threshold, address guardian) private {
        Plan storage plan = _plans[account];
        _requireIdle(account, plan);
        _requireSigners(account, signers, threshold);
        uint16 bit = _bitOf(account, plan, guardian);
        bytes32 proposal = proposalOf(account, signers, threshold);
        Approvals memory approvals = _approvals[proposal];
        if (block.timestamp >= approvals.validUntil) {
            approvals = Approvals(uint40(block.timestamp) + APPROVAL_LIFETIME, 0);
        }
        require(approvals.given & bit == 0, Recovery_AlreadyApproved(account, guardian));

        approvals.given |= bit;
        _approvals[proposal] = approvals;
        emit RecoveryApproved(account, guardian, plan.round, signers, threshold);
        if (_weightOf(plan, approvals.given) < plan.threshold) return;
        uint40 executableAt = uint40(block.timestamp) + plan.delay;
        (plan.pending, plan.executableAt) = (proposal, executableAt);
        emit RecoveryStarted(account, plan.round, signers, threshold, executableAt);
    }

    function _oppose(address account, Plan storage plan, address guardian) private {
        require(plan.executableAt != 0, Recovery_NotPending(account));
        uint16 bit = _bitOf(account, plan, guardian);
        uint16 opposed = plan.opposed;
        require(opposed & bit == 0, Recovery_AlreadyOpposed(account, guardian));
        opposed |= bit;
        uint64 round = plan.round;
        emit RecoveryOpposed(account, guardian, round);
        if (_countOf(opposed) * 2 <= plan.guardians.length) {
            plan.opposed = opposed;
            return;
        }
        uint16 bringers = _approvals[plan.pending].given & ~opposed;
        _endRound(plan);
        emit RecoveryVetoed(account, guardian, round);
        _strike(account, plan.guardians, bringers);
    }

    /// @dev Else a stolen recovery code would start the same recovery again before anybody else can start another.
    function _strike(address account, Guardian[] storage guardians, uint16 bringers) private {
        // From the end on: what takes a struck one's place has been looked at.
        for (uint256 i = guardians.length; i != 0; --i) {
            if (bringers & (uint16(1) << uint16(i - 1)) == 0) continue;
            emit GuardianStruck(account, guardians[i - 1].guardian);
            guardians[i - 1] = guardians[guardians.length - 1];
            guardians.pop();
        }
    }

    function _endRound(Plan storage plan) private {
        ++plan.round;
        (plan.pending, plan.executableAt, plan.opposed) = (0, 0, 0);
    }

    function _requireIdle(address account, Plan storage plan) private view {
        require(plan.executableAt == 0, Recovery_Pending(account, plan.executableAt));
    }

    function _requireSignature(bytes32 structHash, address guardian, uint64 validBefore, bytes calldata signature)
        private
        view
    {
        require(block.timestamp < validBefore, Recovery_Expired(validBefore));
        bool valid = SignatureChecker.isValidSignatureNowCalldata(guardian, _hashTypedDataV4(structHash), signature);
        require(valid, Recovery_InvalidSignature(guardian));
    }

    function _bitOf(address account, Plan storage plan, address guardian) private view returns (uint16) {
        uint256 count = plan.guardians.length;
        for (uint256 i = 0; i < count; ++i) {
            if (plan.guardians[i].guardian == guardian) return uint16(1) << uint16(i);
        }
        revert Recovery_NotGuardian(account, guardian);
    }

    function _weightOf(Plan storage plan, uint16 given) private view returns (uint256 weight) {
        uint256 count = plan.guardians.length;
        for (uint256 i = 0; i < count; ++i) {
            if (given & (uint16(1) << uint16(i)) != 0) weight += plan.guardians[i].weight;
        }
    }

    function _countOf(uint16 bits) private pure returns (uint256 count) {
        for (; bits != 0; bits &= bits - 1) ++count;
    }

    function _requireGuardians(address account, Guardian[] calldata guardians) private pure returns (uint256 weight) {
        require(guardians.length <= MAX_GUARDIANS, Recovery_InvalidGuardian(guardians[guardians.length - 1].guardian));
        for (uint256 i = 0; i < guardians.length; ++i) {
            address guardian = guardians[i].guardian;
            bool valid = guardians[i].weight != 0 && guardian != address(0) && guardian != account;
            for (uint256 j = 0; j < i; ++j) valid = valid && guardians[j].guardian != guardian;
            require(valid, Recovery_InvalidGuardian(guardian));
            weight += guardians[i].weight;
        }
    }

    /// @dev What is refused here could never be executed, or would lock the account up.
    function _requireSigners(address account, bytes[] calldata signers, uint64 threshold) private pure {
        uint256 count = signers.length;
        require(count <= MAX_SIGNERS && threshold != 0 && threshold <= count, Recovery_InvalidSigners(account));
        bytes32[] memory ids = new bytes32[](count);
        bytes32 self = keccak256(abi.encodePacked(account));
        for (uint256 i = 0; i < count; ++i) {
            ids[i] = keccak256(signers[i]);
            bool valid = signers[i].length >= 20 && signers[i].length <= MAX_SIGNER_BYTES && ids[i] != self;
            for (uint256 j = 0; j < i; ++j) valid = valid && ids[j] != ids[i];
            require(valid, Recovery_InvalidSigners(account));
        }
    }

    /// @dev As EIP-712 hashes `bytes[]`.
    function _hashOf(bytes[] calldata signers) private pure returns (bytes32) {
        bytes32[] memory hashes = new bytes32[](signers.length);
        for (uint256 i = 0; i < signers.length; ++i) hashes[i] = keccak256(signers[i]);
        return keccak256(abi.encodePacked(hashes));
    }
}
