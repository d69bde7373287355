// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC2771Context} from "@openzeppelin/contracts/metatx/ERC2771Context.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IParameters} from "../governance/IParameters.sol";
import {IOrderBook, State} from "../order/IOrderBook.sol";
import {IPaymentReceiver} from "../order/IPaymentReceiver.sol";
import {TabState} from "../tab/ITabs.sol";
import {IOperators, Receipt} from "./IOperators.sol";

/// @title Operators: see {IOperators}.
/// @dev The bonds are this contract's balance inside the vault.
contract Operators is IOperators, EIP712, ERC2771Context {
    struct Operator {
        address signer;
        address owner;
    }

    struct Withdrawal {
        uint216 amount;
        uint40 from;
    }

    bytes32 private constant RECEIPT_TYPEHASH = keccak256(
        "Receipt(bytes32 orderId,address buyer,address token,uint128 total,uint256 offerId,uint64 piece,uint64 quantity,uint64 position,uint64 byBlock)"
    );
    uint256 private constant WITHDRAWAL_SECONDS = 7 days;

    IOrderBook public immutable orderBook;
    IParameters public immutable parameters;

    uint24 private _count;
    mapping(uint24 operatorId => Operator) private _operators;
    mapping(uint24 operatorId => mapping(address token => uint256)) private _bonds;
    mapping(uint24 operatorId => mapping(address token => Withdrawal)) private _withdrawals;
    mapping(uint24 operatorId => mapping(bytes32 subject => bool)) private _claimed;

    /// @inheritdoc IOperators
    mapping(address signer => uint24) public operatorOf;

    constructor(IOrderBook orderBook_, IParameters parameters_, address forwarder)
        EIP712("Kaishi Operators", "1")
        ERC2771Context(forwarder)
    {
        (orderBook, parameters) = (orderBook_, parameters_);
    }

    /// @inheritdoc IOperators
    function register(address owner) external returns (uint24 operatorId) {
        address signer = _msgSender();
        require(owner != address(0) && operatorOf[signer] == 0, Operators_Invalid());
        operatorId = ++_count;
        _operators[operatorId] = Operator(signer, owner);
        operatorOf[signer] = operatorId;
        emit OperatorRegistered(operatorId, owner, signer);
    }

    /// @inheritdoc IPaymentReceiver
    function onPaid(address, address token, uint256 amount, bytes calldata data) external returns (bytes4) {
        require(msg.sender == address(orderBook), Operators_NotVault(msg.sender));
        uint24 operatorId = abi.decode(data, (uint24));
        require(_operators[operatorId].signer != address(0), Operators_Invalid());
        uint256 bond = _bonds[operatorId][token] + amount;
        _bonds[operatorId][token] = bond;
        emit BondPosted(operatorId, token, amount, bond);
        return IPaymentReceiver.onPaid.selector;
    }

    /// @inheritdoc IOperators
    function announceWithdrawal(uint24 operatorId, address token, uint256 amount) external {
        address caller = _msgSender();
        require(caller == _operators[operatorId].owner, Operators_NotOwner(operatorId, caller));
        uint256 bond = _bonds[operatorId][token];
        require(amount <= bond && amount <= type(uint216).max, Operators_InsufficientBond(bond, amount));
        uint40 from = amount == 0 ? 0 : uint40(block.timestamp + WITHDRAWAL_SECONDS);
        _withdrawals[operatorId][token] = Withdrawal(uint216(amount), from);
        emit BondWithdrawalAnnounced(operatorId, token, amount, from);
    }

    /// @inheritdoc IOperators
    function withdrawBond(uint24 operatorId, address token) external {
        Withdrawal memory announced = _withdrawals[operatorId][token];
        require(announced.amount != 0, Operators_Invalid());
        require(block.timestamp >= announced.from, Operators_TooEarly(announced.from));
        uint256 bond = _bonds[operatorId][token];
        uint256 amount = Math.min(bond, announced.amount);
        delete _withdrawals[operatorId][token];
        _bonds[operatorId][token] = bond - amount;
        emit BondWithdrawn(operatorId, token, amount, bond - amount);
        orderBook.transfer(token, _operators[operatorId].owner, amount);
    }

    /// @inheritdoc IOperators
    function claimDropped(uint24 operatorId, Receipt calldata receipt, bytes calldata signature) external {
        _requireSigned(operatorId, _digest(receipt), signature);
        require(
            block.number > receipt.byBlock && _stateOf(receipt.orderId) == State.None,
            Operators_NotDropped(receipt.orderId)
        );
        _requireUnclaimed(operatorId, receipt.orderId);
        _punishFor(operatorId, Proof.Dropped, receipt);
    }

    /// @inheritdoc IOperators
    function claimConflicting(
        uint24 operatorId,
        Receipt calldata first,
        bytes calldata firstSignature,
        Receipt calldata second,
        bytes calldata secondSignature
    ) external {
        _requireSigned(operatorId, _digest(first), firstSignature);
        _requireSigned(operatorId, _digest(second), secondSignature);
        require(_areInConflict(first, second), Operators_NoConflict());
        bool firstPaid = _claimed[operatorId][first.orderId];
        bool secondPaid = _claimed[operatorId][second.orderId];
        require(!firstPaid || !secondPaid, Operators_AlreadyClaimed(second.orderId));
        if (!firstPaid) _punishFor(operatorId, Proof.Conflicting, first);
        // Whoever comes second may find the bond empty; that is no reason to leave the first unpaid.
        bool empty = !firstPaid && _bonds[operatorId][second.token] == 0;
        if (!secondPaid && !empty) _punishFor(operatorId, Proof.Conflicting, second);
    }

    /// @inheritdoc IOperators
    function claimConflictingTabStates(
        uint24 operatorId,
        TabState calldata first,
        bytes calldata firstSignature,
        TabState calldata second,
        bytes calldata secondSignature
    ) external {
        bytes32 digest = orderBook.tabs().digestOf(first);
        bytes32 other = orderBook.tabs().digestOf(second);
        bytes32 subject = _subjectOf(first);
        require(digest != other && subject == _subjectOf(second), Operators_NoConflict());
        _requireSigned(operatorId, digest, firstSignature);
        _requireSigned(operatorId, other, secondSignature);
        _requireUnclaimed(operatorId, subject);
        uint256 amount = Math.max(first.spent, second.spent);
        _punish(operatorId, Proof.ConflictingTabStates, subject, first.account, first.token, amount);
    }

    /// @inheritdoc IOperators
    /// @dev Reverts for nothing but a wrong caller: a correction must not depend on what the bond holds.
    function compensate(uint24 operatorId, bytes32 subject, address account, address token, uint256 amount)
        external
        returns (uint256)
    {
        require(msg.sender == address(orderBook.tabs()), Operators_NotTabs(msg.sender));
        if (_claimed[operatorId][subject] || _bonds[operatorId][token] == 0) return 0;
        return _punish(operatorId, Proof.OldTabState, subject, account, token, amount);
    }

    /// @inheritdoc IOperators
    function signerOf(uint24 operatorId) external view returns (address) {
        return _operators[operatorId].signer;
    }

    /// @inheritdoc IOperators
    function ownerOf(uint24 operatorId) external view returns (address) {
        return _operators[operatorId].owner;
    }

    /// @inheritdoc IOperators
    function bondOf(uint24 operatorId, address token) external view returns (uint256) {
        return _bonds[operatorId][token];
    }

    /// @inheritdoc IOperators
    function withdrawalOf(uint24 operatorId, address token) external view returns (uint256 amount, uint40 from) {
        Withdrawal memory announced = _withdrawals[operatorId][token];
        return (announced.amount, announced.from);
    }

    /// @inheritdoc IOperators
    function digestOf(Receipt calldata receipt) external view returns (bytes32) {
        return _digest(receipt);
    }

    function _punishFor(uint24 operatorId, Proof proof, Receipt calldata receipt) private {
        _punish(operatorId, proof, receipt.orderId, receipt.buyer, receipt.token, receipt.total);
    }

    /// @dev The account first, then the treasury, as far as the bond goes.
    function _punish(uint24 operatorId, Proof proof, bytes32 subject, address account, address token, uint256 amount)
        private
        returns (uint256 compensation)
    {
        uint256 bond = _bonds[operatorId][token];
        require(bond != 0, Operators_InsufficientBond(0, amount));
        (, address treasury) = parameters.fee();
        compensation = Math.min(bond, amount);
        uint256 toTreasury = Math.min(bond - compensation, amount);
        _claimed[operatorId][subject] = true;
        _bonds[operatorId][token] = bond - compensation - toTreasury;
        emit OperatorCaught(operatorId, proof, subject, account, token, compensation, toTreasury);
        orderBook.transfer(token, account, compensation);
        if (toTreasury != 0) orderBook.transfer(token, treasury, toTreasury);
    }

    function _stateOf(bytes32 orderId) private view returns (State state) {
        (state,,) = orderBook.stateOf(orderId);
    }

    function _requireUnclaimed(uint24 operatorId, bytes32 subject) private view {
        require(!_claimed[operatorId][subject], Operators_AlreadyClaimed(subject));
    }

    function _requireSigned(uint24 operatorId, bytes32 digest, bytes calldata signature) private view {
        (address recovered, ECDSA.RecoverError failed,) = ECDSA.tryRecoverCalldata(digest, signature);
        bool signed = failed == ECDSA.RecoverError.NoError && recovered == _operators[operatorId].signer;
        require(signed, Operators_InvalidSignature(operatorId));
    }

    function _digest(Receipt calldata receipt) private view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(RECEIPT_TYPEHASH, receipt)));
    }

    /// @dev Pieces `(piece - quantity, piece]` that overlap, written so that nothing underflows.
    function _areInConflict(Receipt calldata first, Receipt calldata second) private pure returns (bool) {
        if (first.orderId == second.orderId) return false;
        if (first.position == second.position) return true;
        return first.offerId == second.offerId && first.piece != 0 && second.piece != 0
            && first.piece < uint256(second.piece) + first.quantity && second.piece < uint256(first.piece) + second.quantity;
    }

    function _subjectOf(TabState calldata state) private pure returns (bytes32) {
        return keccak256(abi.encode(state.account, state.key, state.token, state.epoch, state.version));
    }
}
