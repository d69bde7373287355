// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC2771Context} from "@openzeppelin/contracts/metatx/ERC2771Context.sol";
import {Context} from "@openzeppelin/contracts/utils/Context.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {IParameters} from "../governance/IParameters.sol";
import {ICatalog, OfferTerms} from "../shop/ICatalog.sol";
import {IShop} from "../shop/IShop.sol";
import {Roles} from "../shop/Roles.sol";
import {Terms} from "../shop/Terms.sol";
import {Action, IOrderBook, Order, SignedAction, State} from "./IOrderBook.sol";
import {Orders} from "./Orders.sol";
import {Settlement} from "./Settlement.sol";
import {Vault} from "./Vault.sol";

/// @title OrderBook: see {IOrderBook}.
/// @dev A step is refused in this order: wrong state, wrong actor, wrong time.
contract OrderBook is IOrderBook, Settlement, EIP712, ERC2771Context {
    using Orders for Order;
    using Terms for OfferTerms;

    /// @dev One storage word. When the order was placed follows from the deadline and the terms.
    struct Slot {
        State state;
        uint40 deadline;
    }

    /// How long the arbitrator has.
    uint256 private constant RULING_SECONDS = 14 days;

    ICatalog public immutable catalog;

    mapping(bytes32 orderId => Slot) private _slots;

    constructor(IShop shop_, ICatalog catalog_, IParameters parameters_, address forwarder)
        Vault(shop_)
        Settlement(parameters_)
        EIP712("Kaishi", "1")
        ERC2771Context(forwarder)
    {
        catalog = catalog_;
    }

    /// @inheritdoc IOrderBook
    function placeOrder(Order calldata order) external payable nonReentrant returns (bytes32 orderId) {
        uint256 total;
        (orderId, total) = _place(order);
        address buyer = _msgSender();
        require(buyer == order.buyer, OrderBook_NotBuyer(orderId, buyer));
        address currency = order.terms.currency;
        if (currency == NATIVE) {
            _chargeNative(buyer, total);
        } else {
            _rejectNative();
            _charge(buyer, currency, total);
        }
    }

    /// @inheritdoc IOrderBook
    function placeOrders(Order[] calldata orders, bytes[] calldata signatures) external nonReentrant {
        require(orders.length == signatures.length, OrderBook_InvalidQuantity(signatures.length));
        for (uint256 i = 0; i < orders.length; ++i) {
            Order calldata order = orders[i];
            (bytes32 orderId, uint256 total) = _place(order);
            _requireSignature(order.buyer, orderId, signatures[i]);
            _charge(order.buyer, order.terms.currency, total);
        }
    }

    /// @inheritdoc IOrderBook
    function placeOrderWithAuthorization(
        Order calldata order,
        uint256 validAfter,
        uint256 validBefore,
        bytes calldata signature
    ) external nonReentrant returns (bytes32 orderId) {
        uint256 total;
        (orderId, total) = _place(order);
        // The buyer's consent is the token's to check: the nonce it accepts is this order's digest.
        _chargeAuthorized(order.buyer, order.terms.currency, total, validAfter, validBefore, orderId, signature);
    }

    /// @inheritdoc IOrderBook
    function ship(Order calldata order, bytes32 data) external nonReentrant {
        _ship(order, _orderId(order), _msgSender(), data);
    }

    /// @inheritdoc IOrderBook
    function confirm(Order calldata order) external nonReentrant {
        _confirm(order, _orderId(order), _msgSender());
    }

    /// @inheritdoc IOrderBook
    function cancel(Order calldata order) external nonReentrant {
        _cancel(order, _orderId(order), _msgSender());
    }

    /// @inheritdoc IOrderBook
    function refund(Order calldata order) external nonReentrant {
        _refund(order, _orderId(order), _msgSender());
    }

    /// @inheritdoc IOrderBook
    function dispute(Order calldata order, bytes32 data) external nonReentrant {
        _dispute(order, _orderId(order), _msgSender(), data);
    }

    /// @inheritdoc IOrderBook
    function rule(Order calldata order, uint16 buyerBps) external nonReentrant {
        require(buyerBps <= BPS, OrderBook_InvalidShare(buyerBps));
        bytes32 orderId = _orderId(order);
        Slot memory slot = _slots[orderId];
        require(slot.state == State.Disputed, OrderBook_WrongState(orderId, slot.state));
        address caller = _msgSender();
        require(caller == order.terms.arbitrator, OrderBook_NotArbitrator(orderId, caller));
        require(block.timestamp <= slot.deadline, OrderBook_TooLate(orderId, slot.deadline));
        _ruled(order, orderId, caller, buyerBps);
    }

    /// @inheritdoc IOrderBook
    function settleDue(Order calldata order) external nonReentrant {
        bytes32 orderId = _orderId(order);
        Slot memory slot = _slots[orderId];
        State state = slot.state;
        _requireOpen(orderId, state);
        require(block.timestamp > slot.deadline, OrderBook_TooEarly(orderId, slot.deadline));
        // No check of the caller: the outcome is fixed, whoever asks for it.
        if (state == State.Placed) _refunded(order, orderId, _msgSender(), 0, true);
        else if (state == State.Shipped) _completed(order, orderId, _msgSender());
        else _ruled(order, orderId, _msgSender(), BPS / 2);
    }

    /// @inheritdoc IOrderBook
    /// @dev No nonce: an action leaves the state it needs, and no state is ever entered twice.
    function act(SignedAction[] calldata actions) external nonReentrant {
        for (uint256 i = 0; i < actions.length; ++i) {
            SignedAction calldata signed = actions[i];
            Order calldata order = signed.order;
            bytes32 orderId = _orderId(order);
            address actor = signed.actor;
            Action action = signed.action;
            require(block.timestamp <= signed.validBefore, OrderBook_Expired(signed.validBefore));
            bytes32 digest = _hashTypedDataV4(Orders.hashAction(orderId, action, signed.data, signed.validBefore));
            _requireSignature(actor, digest, signed.signature);

            if (action == Action.Confirm) _confirm(order, orderId, actor);
            else if (action == Action.Ship) _ship(order, orderId, actor, signed.data);
            else if (action == Action.Cancel) _cancel(order, orderId, actor);
            else if (action == Action.Refund) _refund(order, orderId, actor);
            else _dispute(order, orderId, actor, signed.data);
        }
    }

    /// @inheritdoc IOrderBook
    function orderIdOf(Order calldata order) external view returns (bytes32) {
        return _orderId(order);
    }

    /// @inheritdoc IOrderBook
    function stateOf(bytes32 orderId) external view returns (State state, uint40 deadline) {
        Slot memory slot = _slots[orderId];
        return (slot.state, slot.deadline);
    }

    /// @inheritdoc IOrderBook
    function totalOf(Order calldata order) external pure returns (uint256) {
        return order.total();
    }

    /// @dev Everything but the payment, which the caller must take right after.
    function _place(Order calldata order) private returns (bytes32 orderId, uint256 total) {
        _requirePlaceable(order);
        OfferTerms calldata terms = order.terms;
        bytes32 termsHash = terms.hash();
        orderId = _hashTypedDataV4(order.hash(termsHash));
        require(_slots[orderId].state == State.None, OrderBook_AlreadyPlaced(orderId));

        // Delivered at purchase when there is nothing to ship. Windows are at most a year, see {Terms}.
        bool shipped = terms.shipBySeconds == 0;
        uint40 deadline = uint40(block.timestamp + (shipped ? terms.confirmBySeconds : terms.shipBySeconds));
        _slots[orderId] = Slot(shipped ? State.Shipped : State.Placed, deadline);
        catalog.take(order.offerId, order.version, termsHash, order.quantity);
        total = order.total();
        _emitPlaced(order, orderId, total, deadline);
    }

    /// @dev On its own, for the sake of the compiler's stack.
    function _emitPlaced(Order calldata order, bytes32 orderId, uint256 total, uint40 deadline) private {
        emit OrderPlaced(
            orderId,
            order.offerId,
            order.buyer,
            order.version,
            order.quantity,
            order.affiliate,
            order.feeBps,
            total,
            deadline,
            order.detailsHash,
            order.validBefore,
            order.salt
        );
    }

    function _requirePlaceable(Order calldata order) private view {
        require(block.timestamp <= order.validBefore, OrderBook_Expired(order.validBefore));
        require(order.quantity != 0, OrderBook_InvalidQuantity(0));
        require(order.affiliate != order.buyer, OrderBook_InvalidAffiliate(order.affiliate));
        (address currency, address arbitrator) = (order.terms.currency, order.terms.arbitrator);
        (bool currencyOk, bool arbitratorOk, uint16 feeBps) = parameters.check(currency, arbitrator);
        require(currencyOk, OrderBook_CurrencyNotAllowed(currency));
        // A buyer must not rule on an own order.
        require(arbitratorOk && arbitrator != order.buyer, OrderBook_ArbitratorNotAllowed(arbitrator));
        require(order.feeBps == feeBps, OrderBook_WrongFee(order.feeBps, feeBps));
    }

    function _ship(Order calldata order, bytes32 orderId, address actor, bytes32 data) private {
        Slot memory slot = _slots[orderId];
        require(slot.state == State.Placed, OrderBook_WrongState(orderId, slot.state));
        _requireSeller(order, orderId, actor);
        require(block.timestamp <= slot.deadline, OrderBook_TooLate(orderId, slot.deadline));
        uint40 deadline = uint40(block.timestamp + order.terms.confirmBySeconds);
        _slots[orderId] = Slot(State.Shipped, deadline);
        emit OrderShipped(orderId, actor, deadline, data);
    }

    /// @dev No deadline: paying late hurts nobody. Also out of a dispute, as a concession, like the seller's refund.
    function _confirm(Order calldata order, bytes32 orderId, address actor) private {
        _requireOpen(orderId, _slots[orderId].state);
        _requireBuyer(order, orderId, actor);
        _completed(order, orderId, actor);
    }

    function _cancel(Order calldata order, bytes32 orderId, address actor) private {
        Slot memory slot = _slots[orderId];
        require(slot.state == State.Placed, OrderBook_WrongState(orderId, slot.state));
        _requireBuyer(order, orderId, actor);
        uint256 until = uint256(slot.deadline) - order.terms.shipBySeconds + order.terms.cancelSeconds;
        require(block.timestamp <= until, OrderBook_TooLate(orderId, until));
        _refunded(order, orderId, actor, 1, true);
    }

    /// @dev No deadline: giving the money back is the seller's at any time before the end.
    function _refund(Order calldata order, bytes32 orderId, address actor) private {
        State state = _slots[orderId].state;
        _requireOpen(orderId, state);
        _requireSeller(order, orderId, actor);
        // Shipped goods are not on the shelf; the seller sets stock when they come back.
        _refunded(order, orderId, actor, 2, state == State.Placed);
    }

    function _dispute(Order calldata order, bytes32 orderId, address actor, bytes32 data) private {
        Slot memory slot = _slots[orderId];
        require(slot.state == State.Shipped, OrderBook_WrongState(orderId, slot.state));
        _requireBuyer(order, orderId, actor);
        require(block.timestamp <= slot.deadline, OrderBook_TooLate(orderId, slot.deadline));
        uint40 deadline = uint40(block.timestamp + RULING_SECONDS);
        _slots[orderId] = Slot(State.Disputed, deadline);
        emit OrderDisputed(orderId, actor, deadline, data);
    }

    function _completed(Order calldata order, bytes32 orderId, address by) private {
        _end(orderId, State.Completed);
        uint256 sellerAmount = _settle(order, orderId, order.total(), BPS);
        emit OrderCompleted(orderId, by, sellerAmount);
    }

    function _refunded(Order calldata order, bytes32 orderId, address by, uint8 cause, bool unsold) private {
        _end(orderId, State.Refunded);
        uint256 total = order.total();
        _credit(order.buyer, order.terms.currency, total);
        emit OrderRefunded(orderId, by, cause, total);
        if (unsold) catalog.restock(order.offerId, order.quantity);
    }

    function _ruled(Order calldata order, bytes32 orderId, address by, uint256 buyerBps) private {
        _end(orderId, State.Ruled);
        uint256 total = order.total();
        uint256 buyerAmount = total * buyerBps / BPS;
        if (buyerAmount != 0) _credit(order.buyer, order.terms.currency, buyerAmount);
        uint256 sellerAmount = _settle(order, orderId, total - buyerAmount, BPS - buyerBps);
        emit OrderRuled(orderId, by, buyerAmount, sellerAmount);
    }

    function _end(bytes32 orderId, State state) private {
        _slots[orderId] = Slot(state, 0);
    }

    function _requireOpen(bytes32 orderId, State state) private pure {
        bool open = state == State.Placed || state == State.Shipped || state == State.Disputed;
        require(open, OrderBook_WrongState(orderId, state));
    }

    function _requireBuyer(Order calldata order, bytes32 orderId, address actor) private pure {
        require(actor == order.buyer, OrderBook_NotBuyer(orderId, actor));
    }

    function _requireSeller(Order calldata order, bytes32 orderId, address actor) private view {
        require(shop.can(order.shopId(), actor, Roles.ORDERS), OrderBook_NotSeller(orderId, actor));
    }

    function _requireSignature(address signer, bytes32 digest, bytes calldata signature) private view {
        require(
            SignatureChecker.isValidSignatureNowCalldata(signer, digest, signature), OrderBook_InvalidSignature(signer)
        );
    }

    function _orderId(Order calldata order) private view returns (bytes32) {
        return _hashTypedDataV4(order.hash(order.terms.hash()));
    }

    function _msgSender() internal view override(Context, ERC2771Context) returns (address) {
        return ERC2771Context._msgSender();
    }

    function _msgData() internal view override(Context, ERC2771Context) returns (bytes calldata) {
        return ERC2771Context._msgData();
    }

    function _contextSuffixLength() internal view override(Context, ERC2771Context) returns (uint256) {
        return ERC2771Context._contextSuffixLength();
    }
}
