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

    /// @dev What {OperatorCaught} says of it.
    struct Offence {
        Proof proof;
        bytes32 subject;
        address account;
        address token;
        uint256 amount;
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
    /// Paid so far to whom for what, see {_keyOf}: a sum, so that a proof that an operator brings against itself over one unit does
    /// not stand in the way of a true one.
    mapping(uint24 operatorId => mapping(bytes32 key => uint256)) private _compensated;

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
        bool good = announced.amount != 0 && block.timestamp <= announced.from + WITHDRAWAL_SECONDS;
        require(good, Operators_Invalid());
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
        require(_dueOf(operatorId, receipt) != 0, Operators_AlreadyClaimed(receipt.orderId));
        uint256 paid = _punishFor(operatorId, Proof.Dropped, receipt);
        require(paid != 0, Operators_InsufficientBond(0, receipt.total));
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
        uint256 due = _dueOf(operatorId, first) + _dueOf(operatorId, second);
        require(due != 0, Operators_AlreadyClaimed(second.orderId));
        // Whoever comes second may find the bond empty; that is no reason to leave the first unpaid.
        uint256 paid = _punishFor(operatorId, Proof.Conflicting, first);
        paid += _punishFor(operatorId, Proof.Conflicting, second);
        require(paid != 0, Operators_InsufficientBond(0, due));
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
        uint256 amount = Math.max(first.spent, second.spent);
        require(amount > _compensated[operatorId][subject], Operators_AlreadyClaimed(subject));
        Offence memory offence = Offence(Proof.ConflictingTabStates, subject, first.account, first.token, amount);
        require(_punish(operatorId, subject, offence) != 0, Operators_InsufficientBond(0, amount));
    }

    /// @inheritdoc IOperators
    /// @dev Reverts for nothing but a wrong caller: a correction must not depend on what the bond holds.
    function compensate(uint24 operatorId, bytes32 subject, address account, address token, uint256 amount)
        external
        returns (uint256)
    {
        require(msg.sender == address(orderBook.tabs()), Operators_NotTabs(msg.sender));
        return _punish(operatorId, subject, Offence(Proof.OldTabState, subject, account, token, amount));
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

    function _punishFor(uint24 operatorId, Proof proof, Receipt calldata receipt) private returns (uint256) {
        Offence memory offence = Offence(proof, receipt.orderId, receipt.buyer, receipt.token, receipt.total);
        return _punish(operatorId, _keyOf(receipt), offence);
    }

    /// @dev Pays what is due of an offence and the bond can bear: half of it at most, since the treasury gets as much. Otherwise an
    /// operator would take its bond out at once by one proof against itself. Changes nothing when that is nothing.
    function _punish(uint24 operatorId, bytes32 key, Offence memory offence) private returns (uint256 compensation) {
        address token = offence.token;
        uint256 bond = _bonds[operatorId][token];
        uint256 before = _compensated[operatorId][key];
        compensation = Math.min(Math.saturatingSub(offence.amount, before), Math.ceilDiv(bond, 2));
        if (compensation == 0) return 0;
        uint256 toTreasury = Math.min(compensation, bond - compensation);
        (, address treasury) = parameters.fee();
        _compensated[operatorId][key] = before + compensation;
        _bonds[operatorId][token] = bond - compensation - toTreasury;
        emit OperatorCaught(
            operatorId, offence.proof, offence.subject, offence.account, token, compensation, toTreasury
        );
        orderBook.transfer(token, offence.account, compensation);
        orderBook.transfer(token, treasury, toTreasury);
    }

    function _dueOf(uint24 operatorId, Receipt calldata receipt) private view returns (uint256) {
        return Math.saturatingSub(receipt.total, _compensated[operatorId][_keyOf(receipt)]);
    }

    function _stateOf(bytes32 orderId) private view returns (State state) {
        (state,,) = orderBook.stateOf(orderId);
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

    /// @dev The buyer and the token belong to it: another receipt of the same order pays nobody else.
    function _keyOf(Receipt calldata receipt) private pure returns (bytes32) {
        return keccak256(abi.encode(receipt.orderId, receipt.buyer, receipt.token));
    }

    function _subjectOf(TabState calldata state) private pure returns (bytes32) {
        return keccak256(abi.encode(state.account, state.key, state.token, state.epoch, state.version));
    }
}
