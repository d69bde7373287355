// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC2771Context} from "@openzeppelin/contracts/metatx/ERC2771Context.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {IOperators} from "../operator/IOperators.sol";
import {IPaymentReceiver} from "../order/IPaymentReceiver.sol";
import {IVault} from "../order/IVault.sol";
import {Batch} from "../platform/Batch.sol";
import {ITabs, Payee, TabState} from "./ITabs.sol";

/// @title Tabs: see {ITabs}.
contract Tabs is ITabs, EIP712, ERC2771Context {
    /// @dev Exactly one storage word, so that an order from a tab writes one word more than another. No operator: used up.
    struct Tab {
        uint128 left;
        uint40 validUntil;
        uint64 shopId;
        uint24 operatorId;
    }

    /// @dev What is claimed is no longer `left`. The first word is all that a settlement by both sides reads.
    struct Channel {
        uint24 epoch;
        /// 0: nothing is claimed.
        uint40 payableFrom;
        uint64 version;
        uint128 spent;
        bytes32 payees;
        bytes32 purchases;
        bool byOperator;
        /// Answers to the claim so far.
        uint8 answers;
    }

    bytes32 private constant STATE_TYPEHASH = keccak256(
        "TabState(address account,address key,address token,uint24 epoch,uint64 version,uint128 spent,bytes32 payees,bytes32 purchases,bool closing)"
    );
    uint256 private constant MAX_SECONDS = 30 days;
    uint256 private constant CLOSING_SECONDS = 10 minutes;
    uint256 private constant CHALLENGE_SECONDS = 1 hours;
    uint256 private constant LAPSE_SECONDS = 7 days;
    /// One of each side.
    uint256 private constant MAX_ANSWERS = 2;
    /// Each is paid in the transaction that settles, so their number bounds its gas.
    uint256 private constant MAX_PAYEES = 64;

    IVault public immutable orderBook;
    IOperators public immutable operators;
    Batch public immutable batch;

    mapping(address account => mapping(address key => mapping(address token => Tab))) private _tabs;
    mapping(address account => mapping(address key => mapping(address token => Channel))) private _channels;
    /// The operator and signer that were last found to belong together: a batch asks once for all its orders.
    uint256 private transient _known;

    constructor(IVault orderBook_, IOperators operators_, Batch batch_, address forwarder)
        EIP712("Kaishi Tabs", "1")
        ERC2771Context(forwarder)
    {
        (orderBook, operators, batch) = (orderBook_, operators_, batch_);
    }

    /// @inheritdoc IPaymentReceiver
    function onPaid(address from, address token, uint256 amount, bytes calldata data) external returns (bytes4) {
        _requireOrderBook();
        Tab memory wish;
        address key;
        (key, wish.shopId, wish.validUntil, wish.operatorId) = abi.decode(data, (address, uint64, uint40, uint24));
        require(amount <= type(uint128).max && amount != 0 && key != address(0), Tabs_Invalid());
        wish.left = uint128(amount);
        _open(from, key, token, wish);
        return IPaymentReceiver.onPaid.selector;
    }

    /// @inheritdoc ITabs
    function close(address key, address token) external {
        address account = _msgSender();
        Tab storage tab = _tabs[account][key][token];
        uint40 validUntil = tab.validUntil;
        require(block.timestamp <= validUntil, Tabs_NotOpen(account, key, validUntil));
        uint256 notice = block.timestamp + CLOSING_SECONDS;
        if (notice < validUntil) tab.validUntil = validUntil = uint40(notice);
        emit TabClosing(account, key, token, validUntil);
    }

    /// @inheritdoc ITabs
    function release(address account, address key, address token) external {
        Tab memory tab = _tabs[account][key][token];
        require(tab.operatorId != 0, Tabs_NotOpen(account, key, tab.validUntil));
        require(block.timestamp > tab.validUntil, Tabs_StillOpen(tab.validUntil));
        Channel storage channel = _channels[account][key][token];
        uint256 payableFrom = channel.payableFrom;
        uint256 amount = tab.left;
        if (payableFrom != 0) {
            require(block.timestamp > payableFrom + LAPSE_SECONDS, Tabs_Claimed(payableFrom));
            amount += channel.spent;
            _endClaim(channel);
        }
        _end(account, key, token, amount);
    }

    /// @inheritdoc ITabs
    /// @dev Compares the bare sender: the order book never speaks through a forwarder.
    function spend(address account, address key, uint256 shopId, address token, uint256 amount, address placedBy)
        external
        returns (uint24)
    {
        _requireOrderBook();
        Tab storage slot = _tabs[account][key][token];
        Tab memory tab = slot;
        require(block.timestamp <= tab.validUntil, Tabs_NotOpen(account, key, tab.validUntil));
        require(tab.shopId == 0 || tab.shopId == shopId, Tabs_OtherShop(tab.shopId, shopId));
        require(amount <= tab.left, Tabs_OverLimit(tab.left, amount));
        _requireOperator(tab.operatorId, placedBy == address(batch) ? batch.caller() : placedBy);
        // Cannot underflow, and `amount` fits: it is at most what is left.
        uint128 left;
        unchecked {
            left = tab.left - uint128(amount);
        }
        slot.left = left;
        emit TabSpent(account, key, token, uint128(amount), left);
        return tab.operatorId;
    }

    /// @inheritdoc ITabs
    /// @dev Also when the tab is over, as long as its money is here: both sides agree.
    function settle(
        TabState calldata state,
        Payee[] calldata payees,
        bytes calldata keySignature,
        bytes calldata operatorSignature
    ) external {
        require(state.closing, Tabs_NotClosing());
        Tab memory tab = _tabOf(state);
        require(tab.operatorId != 0, Tabs_NotOpen(state.account, state.key, tab.validUntil));
        _requireBoth(tab.operatorId, state, keySignature, operatorSignature);
        uint256 available = _takeBack(state, tab.left);
        require(state.spent <= available, Tabs_OverLimit(available, state.spent));
        uint256 rest = available - state.spent;
        _emitSettled(state, uint128(rest));
        _pay(state.token, state.spent, state.payees, payees);
        _end(state.account, state.key, state.token, rest);
    }

    /// @inheritdoc ITabs
    function claim(TabState calldata state, bool byOperator, bytes calldata signature) external {
        Tab memory tab = _tabOf(state);
        require(block.timestamp <= tab.validUntil, Tabs_NotOpen(state.account, state.key, tab.validUntil));
        Channel storage channel = _channels[state.account][state.key][state.token];
        require(channel.payableFrom == 0, Tabs_Claimed(channel.payableFrom));
        require(state.epoch == channel.epoch, Tabs_Stale(state.epoch, state.version));
        _requireConsent(tab.operatorId, state, byOperator, signature);

        (uint128 left, uint40 payableFrom) = _replace(channel, state, tab.left, byOperator, 0);
        emit TabClaimed(
            state.account, state.key, state.token, state.version, state.spent, byOperator, left, payableFrom
        );
    }

    /// @inheritdoc ITabs
    function challenge(TabState calldata state, bytes calldata signature) external {
        Tab memory tab = _tabOf(state);
        Channel storage channel = _channels[state.account][state.key][state.token];
        Channel memory old = channel;
        require(old.payableFrom != 0, Tabs_NotClaimed());
        bool inTime = block.timestamp < old.payableFrom && old.answers < MAX_ANSWERS;
        require(inTime, Tabs_TooLate(old.payableFrom));
        require(state.epoch == old.epoch && state.version > old.version, Tabs_Stale(state.epoch, state.version));
        _requireConsent(tab.operatorId, state, !old.byOperator, signature);

        uint256 available = uint256(tab.left) + old.spent;
        (uint128 left, uint40 payableFrom) = _replace(channel, state, available, !old.byOperator, old.answers + 1);
        uint256 compensation = old.byOperator ? _compensate(tab.operatorId, state, old.spent) : 0;
        _emitCorrected(state, left, payableFrom, compensation);
    }

    /// @inheritdoc ITabs
    function finish(address account, address key, address token, Payee[] calldata payees) external {
        Channel storage channel = _channels[account][key][token];
        Channel memory claimed = channel;
        require(claimed.payableFrom != 0, Tabs_NotClaimed());
        require(block.timestamp >= claimed.payableFrom, Tabs_TooEarly(claimed.payableFrom));
        uint128 left = _tabs[account][key][token].left;

        _endClaim(channel);
        channel.epoch = claimed.epoch + 1;
        emit TabSettled(account, key, token, claimed.epoch, claimed.version, claimed.spent, left, claimed.purchases);
        _pay(token, claimed.spent, claimed.payees, payees);
    }

    /// @inheritdoc ITabs
    function tabOf(address account, address key, address token)
        external
        view
        returns (uint128 left, uint40 validUntil, uint64 shopId, uint24 operatorId, uint24 epoch)
    {
        Tab memory tab = _tabs[account][key][token];
        return (tab.left, tab.validUntil, tab.shopId, tab.operatorId, _channels[account][key][token].epoch);
    }

    /// @inheritdoc ITabs
    function claimOf(address account, address key, address token)
        external
        view
        returns (uint64 version, uint128 spent, bool byOperator, uint40 payableFrom)
    {
        Channel memory channel = _channels[account][key][token];
        return (channel.version, channel.spent, channel.byOperator, channel.payableFrom);
    }

    /// @inheritdoc ITabs
    function digestOf(TabState calldata state) external view returns (bytes32) {
        return _digest(state);
    }

    /// @dev Or adds to it; `wish.left` is what comes in.
    function _open(address account, address key, address token, Tab memory wish) private {
        Tab memory tab = _tabs[account][key][token];
        bool same = tab.shopId == wish.shopId && tab.operatorId == wish.operatorId && tab.operatorId != 0;
        require(tab.validUntil == 0 || same, Tabs_KeyUsed(account, key));
        bool inTime = wish.validUntil > block.timestamp && wish.validUntil <= block.timestamp + MAX_SECONDS;
        require(inTime && wish.validUntil >= tab.validUntil && wish.operatorId != 0, Tabs_Invalid());
        uint128 amount = wish.left;
        require(amount <= type(uint128).max - tab.left, Tabs_Invalid());
        wish.left = amount + tab.left;
        _tabs[account][key][token] = wish;
        emit TabOpened(account, key, token, amount, wish.left, wish.shopId, wish.validUntil, wish.operatorId);
    }

    /// @dev Puts `state` in the place of what was claimed; `available` is what the tab holds, claimed or not.
    function _replace(Channel storage channel, TabState calldata state, uint256 available, bool byOperator, uint8 answers)
        private
        returns (uint128 left, uint40 payableFrom)
    {
        require(state.spent <= available, Tabs_OverLimit(available, state.spent));
        left = uint128(available - state.spent);
        payableFrom = uint40(block.timestamp + CHALLENGE_SECONDS);
        (channel.payableFrom, channel.version, channel.spent) = (payableFrom, state.version, state.spent);
        (channel.payees, channel.purchases) = (state.payees, state.purchases);
        (channel.byOperator, channel.answers) = (byOperator, answers);
        _tabs[state.account][state.key][state.token].left = left;
    }

    /// @dev What the tab holds once nothing is claimed of it; both sides may end any claim but one of a newer state.
    function _takeBack(TabState calldata state, uint128 left) private returns (uint256 available) {
        Channel storage channel = _channels[state.account][state.key][state.token];
        available = left;
        bool newest = state.epoch == channel.epoch;
        if (channel.payableFrom != 0) {
            newest = newest && state.version >= channel.version;
            available += channel.spent;
            _endClaim(channel);
        }
        require(newest, Tabs_Stale(state.epoch, state.version));
    }

    /// @dev On its own, for the sake of the compiler's stack.
    function _emitSettled(TabState calldata state, uint128 left) private {
        emit TabSettled(
            state.account, state.key, state.token, state.epoch, state.version, state.spent, left, state.purchases
        );
    }

    /// @dev What the operator's claim took more than the newer state.
    function _compensate(uint24 operatorId, TabState calldata state, uint128 claimed) private returns (uint256) {
        if (state.spent >= claimed) return 0;
        return operators.compensate(operatorId, _digest(state), state.account, state.token, claimed - state.spent);
    }

    /// @dev On its own, too.
    function _emitCorrected(TabState calldata state, uint128 left, uint40 payableFrom, uint256 compensation) private {
        emit TabCorrected(
            state.account, state.key, state.token, state.version, state.spent, left, payableFrom, compensation
        );
    }

    /// @dev Keeps the epoch.
    function _endClaim(Channel storage channel) private {
        (channel.payableFrom, channel.version, channel.spent) = (0, 0, 0);
        delete channel.payees;
        delete channel.purchases;
        delete channel.byOperator;
        delete channel.answers;
    }

    /// @dev The key is used up for good: what it has signed must never meet another tab.
    function _end(address account, address key, address token, uint256 amount) private {
        Tab storage slot = _tabs[account][key][token];
        uint256 validUntil = slot.validUntil;
        if (validUntil >= block.timestamp) validUntil = block.timestamp - 1;
        _tabs[account][key][token] = Tab(0, uint40(validUntil), 0, 0);
        emit TabReleased(account, key, token, uint128(amount));
        if (amount != 0) orderBook.transfer(token, account, amount);
    }

    function _pay(address token, uint256 spent, bytes32 hash, Payee[] calldata payees) private {
        require(payees.length <= MAX_PAYEES && keccak256(abi.encode(payees)) == hash, Tabs_WrongPayees());
        uint256 sum;
        for (uint256 i = 0; i < payees.length; ++i) {
            sum += payees[i].amount;
            orderBook.transfer(token, payees[i].account, payees[i].amount);
        }
        require(sum == spent, Tabs_WrongPayees());
    }

    function _tabOf(TabState calldata state) private view returns (Tab memory) {
        return _tabs[state.account][state.key][state.token];
    }

    /// @dev Both sides agree: one calls, the other has signed.
    function _requireConsent(uint24 operatorId, TabState calldata state, bool byOperator, bytes calldata signature)
        private
        view
    {
        bytes32 digest = _digest(state);
        address caller = _msgSender();
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
        _requireSignature(operators.signerOf(operatorId), digest, operatorSignature);
    }

    function _requireSignature(address signer, bytes32 digest, bytes calldata signature) private pure {
        (address recovered, ECDSA.RecoverError failed,) = ECDSA.tryRecoverCalldata(digest, signature);
        require(failed == ECDSA.RecoverError.NoError && recovered == signer, Tabs_InvalidSignature(signer));
    }

    function _requireOperator(uint24 operatorId, address caller) private {
        uint256 pair = uint256(operatorId) << 160 | uint160(caller);
        if (pair == _known) return;
        require(operators.signerOf(operatorId) == caller, Tabs_NotParty(caller));
        _known = pair;
    }

    function _requireOrderBook() private view {
        require(msg.sender == address(orderBook), Tabs_NotOrderBook(msg.sender));
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
