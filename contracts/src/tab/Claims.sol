// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {ITabs, Payee, TabState} from "./ITabs.sol";
import {Till} from "./Till.sol";

/// @title What is bought on tabs: paid by both sides at once, or claimed by one and open to the other's answer.
abstract contract Claims is Till, EIP712 {
    /// @dev Of meaning while the tab says `claimed`.
    struct Claim {
        uint40 payableFrom;
        uint64 version;
        uint128 spent;
        bool byOperator;
        /// Answers so far.
        uint8 answers;
        bytes32 payees;
        bytes32 purchases;
    }

    bytes32 private constant STATE_TYPEHASH = keccak256(
        "TabState(address account,address key,address token,uint24 epoch,uint64 version,uint128 spent,bytes32 payees,bytes32 purchases,bool closing)"
    );
    uint256 private constant CHALLENGE_SECONDS = 1 hours;
    uint256 private constant LAPSE_SECONDS = 7 days;
    /// One of each side.
    uint256 private constant MAX_ANSWERS = 2;
    /// Each is paid in the transaction that settles, so their number bounds its gas.
    uint256 private constant MAX_PAYEES = 64;

    mapping(address account => mapping(address key => mapping(address token => Claim))) private _claims;

    constructor() EIP712("Kaishi Tabs", "1") {}

    /// @inheritdoc ITabs
    /// @dev Also when the tab is over, as long as its money is here: both sides agree.
    function settle(
        TabState calldata state,
        Payee[] calldata payees,
        bytes calldata keySignature,
        bytes calldata operatorSignature
    ) external {
        require(state.closing, Tabs_NotClosing());
        Tab storage slot = _tabOf(state);
        (uint256 available, uint24 operatorId, bool claimed) = (slot.left, slot.operatorId, slot.claimed);
        require(operatorId != 0, Tabs_NotOpen(state.account, state.key, slot.validUntil));
        require(state.epoch == slot.epoch, Tabs_Stale(state.epoch, state.version));
        _requireBoth(operatorId, state, keySignature, operatorSignature);
        if (claimed) available += _takeBack(state);
        _endWith(slot, state, payees, available);
    }

    /// @inheritdoc ITabs
    function claim(TabState calldata state, bool byOperator, bytes calldata signature) external {
        Tab memory tab = _tabOf(state);
        require(block.timestamp <= tab.validUntil, Tabs_NotOpen(state.account, state.key, tab.validUntil));
        Claim storage slot = _claims[state.account][state.key][state.token];
        require(!tab.claimed, Tabs_Claimed(slot.payableFrom));
        require(state.epoch == tab.epoch, Tabs_Stale(state.epoch, state.version));
        _requireConsent(tab.operatorId, state, byOperator, signature);

        (uint128 left, uint40 payableFrom) = _replace(slot, state, tab.left, byOperator, 0);
        emit TabClaimed(
            state.account, state.key, state.token, state.version, state.spent, byOperator, left, payableFrom
        );
    }

    /// @inheritdoc ITabs
    function challenge(TabState calldata state, bytes calldata signature) external {
        Tab memory tab = _tabOf(state);
        require(tab.claimed, Tabs_NotClaimed());
        Claim storage slot = _claims[state.account][state.key][state.token];
        Claim memory old = slot;
        bool inTime = block.timestamp < old.payableFrom && old.answers < MAX_ANSWERS;
        require(inTime, Tabs_TooLate(old.payableFrom));
        require(state.epoch == tab.epoch && state.version > old.version, Tabs_Stale(state.epoch, state.version));
        _requireConsent(tab.operatorId, state, !old.byOperator, signature);

        uint256 available = uint256(tab.left) + old.spent;
        (uint128 left, uint40 payableFrom) = _replace(slot, state, available, !old.byOperator, old.answers + 1);
        uint256 compensation = old.byOperator ? _compensate(tab.operatorId, state, old.spent) : 0;
        _emitCorrected(state, left, payableFrom, compensation);
    }

    /// @inheritdoc ITabs
    function finish(address account, address key, address token, Payee[] calldata payees) external {
        Tab storage tab = _tabs[account][key][token];
        require(tab.claimed, Tabs_NotClaimed());
        Claim memory claimed = _claims[account][key][token];
        require(block.timestamp >= claimed.payableFrom, Tabs_TooEarly(claimed.payableFrom));
        _requirePayees(claimed.spent, claimed.payees, payees);
        (uint24 epoch, uint96 left) = (tab.epoch, tab.left);

        (tab.epoch, tab.claimed) = (epoch + 1, false);
        delete _claims[account][key][token];
        emit TabSettled(
            account, key, token, epoch, claimed.version, claimed.spent, left, claimed.purchases, false
        );
        orderBook.transferEach(token, payees);
    }

    /// @inheritdoc ITabs
    function release(address account, address key, address token) external {
        Tab storage till = _tabs[account][key][token];
        Tab memory tab = till;
        require(tab.operatorId != 0, Tabs_NotOpen(account, key, tab.validUntil));
        require(block.timestamp > tab.validUntil, Tabs_StillOpen(tab.validUntil));
        uint256 amount = tab.left;
        if (tab.claimed) {
            Claim storage slot = _claims[account][key][token];
            uint256 payableFrom = slot.payableFrom;
            require(block.timestamp > payableFrom + LAPSE_SECONDS, Tabs_Claimed(payableFrom));
            amount += slot.spent;
            delete _claims[account][key][token];
        }
        _end(till);
        emit TabReleased(account, key, token, uint128(amount));
        if (amount != 0) orderBook.transfer(token, account, amount);
    }

    /// @inheritdoc ITabs
    function claimOf(address account, address key, address token)
        external
        view
        returns (uint64 version, uint128 spent, bool byOperator, uint40 payableFrom)
    {
        Claim memory claimed = _claims[account][key][token];
        return (claimed.version, claimed.spent, claimed.byOperator, claimed.payableFrom);
    }

    /// @inheritdoc ITabs
    function digestOf(TabState calldata state) external view returns (bytes32) {
        return _digest(state);
    }

    /// @dev Puts `state` in the place of what was claimed; `available` is what the tab holds, claimed or not.
    function _replace(Claim storage slot, TabState calldata state, uint256 available, bool byOperator, uint8 answers)
        private
        returns (uint96 left, uint40 payableFrom)
    {
        require(state.spent <= available, Tabs_OverLimit(available, state.spent));
        left = uint96(available - state.spent);
        payableFrom = uint40(block.timestamp + CHALLENGE_SECONDS);
        (slot.payableFrom, slot.version, slot.spent) = (payableFrom, state.version, state.spent);
        (slot.byOperator, slot.answers) = (byOperator, answers);
        (slot.payees, slot.purchases) = (state.payees, state.purchases);
        Tab storage tab = _tabs[state.account][state.key][state.token];
        (tab.left, tab.claimed) = (left, true);
    }

    /// @dev What was claimed; both sides may end any claim but one of a newer state.
    function _takeBack(TabState calldata state) private returns (uint256 amount) {
        Claim storage slot = _claims[state.account][state.key][state.token];
        require(state.version >= slot.version, Tabs_Stale(state.epoch, state.version));
        amount = slot.spent;
        delete _claims[state.account][state.key][state.token];
    }

    /// @dev Both agree. `available` is what the tab holds.
    function _endWith(Tab storage slot, TabState calldata state, Payee[] calldata payees, uint256 available) private {
        uint128 spent = state.spent;
        require(spent <= available, Tabs_OverLimit(available, spent));
        uint128 rest = uint128(available - spent);
        _requirePayees(spent, state.payees, payees);
        _end(slot);
        (address account, address token) = (state.account, state.token);
        emit TabSettled(account, state.key, token, state.epoch, state.version, spent, rest, state.purchases, true);
        orderBook.transferEach(token, _with(payees, account, rest));
    }

    /// @dev What the operator's claim took more than the newer state.
    function _compensate(uint24 operatorId, TabState calldata state, uint128 claimed) private returns (uint256) {
        if (state.spent >= claimed) return 0;
        return operators.compensate(operatorId, _digest(state), state.account, state.token, claimed - state.spent);
    }

    /// @dev On its own, for the sake of the compiler's stack.
    function _emitCorrected(TabState calldata state, uint128 left, uint40 payableFrom, uint256 compensation) private {
        emit TabCorrected(
            state.account, state.key, state.token, state.version, state.spent, left, payableFrom, compensation
        );
    }

    function _requirePayees(uint256 spent, bytes32 hash, Payee[] calldata payees) private pure {
        require(payees.length <= MAX_PAYEES && keccak256(abi.encode(payees)) == hash, Tabs_WrongPayees());
        uint256 sum;
        for (uint256 i = 0; i < payees.length; ++i) sum += payees[i].amount;
        require(sum == spent, Tabs_WrongPayees());
    }

    /// @dev The payees, and the account with what is left, so that the vault is asked once.
    function _with(Payee[] calldata payees, address account, uint128 rest) private pure returns (Payee[] memory all) {
        all = new Payee[](rest == 0 ? payees.length : payees.length + 1);
        for (uint256 i = 0; i < payees.length; ++i) all[i] = payees[i];
        if (rest != 0) all[payees.length] = Payee(account, rest);
    }

    function _tabOf(TabState calldata state) private view returns (Tab storage) {
        return _tabs[state.account][state.key][state.token];
    }

    /// @dev Both sides agree: one calls, the other has signed.
    function _requireConsent(uint24 operatorId, TabState calldata state, bool byOperator, bytes calldata signature)
        private
        view
    {
        bytes32 digest = _digest(state);
        address caller = _caller();
        address signer = operators.signerOf(operatorId);
        if (byOperator) {
            require(caller == signer, Tabs_NotParty(caller));
            _requireSignature(state.key, digest, signature);
        } else {
            require(caller == state.account || caller == state.key, Tabs_NotParty(caller));
            _requireSignature(signer, digest, signature);
        }
    }

    function _requireBoth(
        uint24 operatorId,
        TabState calldata state,
        bytes calldata keySignature,
        bytes calldata operatorSignature
    ) private view {
        bytes32 digest = _digest(state);
        _requireSignature(state.key, digest, keySignature);
        address signer = operators.signerOf(operatorId);
        if (operatorSignature.length != 0) _requireSignature(signer, digest, operatorSignature);
        else require(_caller() == signer, Tabs_InvalidSignature(signer));
    }

    function _requireSignature(address signer, bytes32 digest, bytes calldata signature) private pure {
        (address recovered, ECDSA.RecoverError failed,) = ECDSA.tryRecoverCalldata(digest, signature);
        require(failed == ECDSA.RecoverError.NoError && recovered == signer, Tabs_InvalidSignature(signer));
    }

    /// @dev The struct's words as they stand in the calldata, which is what `abi.encode` would make of them.
    function _digest(TabState calldata state) private view returns (bytes32) {
        bytes32 typeHash = STATE_TYPEHASH;
        bytes32 structHash;
        assembly ("memory-safe") {
            let words := mload(0x40)
            mstore(words, typeHash)
            calldatacopy(add(words, 0x20), state, 0x120)
            structHash := keccak256(words, 0x140)
        }
        return _hashTypedDataV4(structHash);
    }
}
