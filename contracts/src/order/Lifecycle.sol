// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Roles} from "../shop/Roles.sol";
import {Policies} from "../shop/Policy.sol";
import {ICatalog} from "../shop/ICatalog.sol";
import {IParameters} from "../governance/IParameters.sol";
import {Case, IArbitration, Side} from "./IArbitration.sol";
import {Action, IOrderBook, Order, Remedy, State} from "./IOrderBook.sol";
import {Orders} from "./Orders.sol";
import {Settlement} from "./Settlement.sol";

/// @title Lifecycle: every step of an order after its purchase. See `protocol/vectors/order-lifecycle.json`.
/// @dev A step is refused in this order: wrong state, wrong actor, wrong time. The caller of each function has derived `orderId`
/// from `order` and, for steps asked for by a party, has authenticated `actor`.
abstract contract Lifecycle is IOrderBook, Settlement {
    using Orders for Order;

    /// @dev What stands in an order's storage word. When the order was placed follows from the deadline and the terms.
    struct Slot {
        State state;
        uint40 deadline;
        uint32 step;
        /// End of the warranty; not zero once the sale is completed and only the reserve is left in escrow.
        uint40 warrantyEnd;
        /// The request: what was asked for, and by right of the return window or not.
        Remedy remedy;
        uint16 bps;
        bool byRight;
        /// An exchange by right happens once.
        bool exchanged;
        /// Who brought the order before the court.
        Side opener;
    }

    /// How long a side has to answer the other.
    uint256 private constant ANSWER_SECONDS = 3 days;
    /// How long goods may take to be sent back, to be looked at, and to be replaced.
    uint256 private constant PARCEL_SECONDS = 7 days;
    /// How long the arbitrator has, with all appeals.
    uint256 private constant RULING_SECONDS = 30 days;
    /// One bit per state that has a deadline.
    uint256 private constant OPEN_STATES = 1 << uint8(State.Placed) | 1 << uint8(State.Shipped)
        | 1 << uint8(State.Disputed) | 1 << uint8(State.Delivered) | 1 << uint8(State.Requested)
        | 1 << uint8(State.Returning) | 1 << uint8(State.Returned) | 1 << uint8(State.Replacing)
        | 1 << uint8(State.Contested) | 1 << uint8(State.Warranty);

    uint8 private constant LATE = 0;
    uint8 private constant CANCELLED = 1;
    uint8 private constant GIVEN = 2;
    uint8 private constant GRANTED = 3;
    uint8 private constant CAME_BACK = 4;
    uint8 private constant UNANSWERED = 5;

    ICatalog public immutable catalog;

    /// @dev Packed by {_store}: the compiler's own way would write the word once per field.
    mapping(bytes32 orderId => uint256) internal _words;

    constructor(ICatalog catalog_, IParameters parameters_) Settlement(parameters_) {
        catalog = catalog_;
    }

    function _perform(
        Order calldata order,
        bytes32 orderId,
        address actor,
        Action action,
        uint16 bps,
        bytes32 data
    ) internal {
        if (action == Action.Confirm) _confirm(order, orderId, actor);
        else if (action == Action.Ship) _ship(order, orderId, actor, data);
        else if (action == Action.Cancel) _cancel(order, orderId, actor);
        else if (action == Action.Refund) _refund(order, orderId, actor);
        else if (action == Action.Dispute) _dispute(order, orderId, actor, data);
        else if (action == Action.Acknowledge) _acknowledge(order, orderId, actor);
        else _performAfterSale(order, orderId, actor, action, bps, data);
    }

    function _performAfterSale(
        Order calldata order,
        bytes32 orderId,
        address actor,
        Action action,
        uint16 bps,
        bytes32 data
    ) private {
        if (action == Action.Grant) _grant(order, orderId, actor);
        else if (action == Action.SendBack) _sendBack(order, orderId, actor, data);
        else if (action == Action.AcceptReturn) _acceptReturn(order, orderId, actor);
        else if (action == Action.Join) _join(order, orderId, actor, data);
        // The three requests follow one another in both lists.
        else _request(order, orderId, actor, Remedy(uint8(action) - uint8(Action.RequestRefund)), bps, data);
    }

    function _ship(Order calldata order, bytes32 orderId, address actor, bytes32 data) internal {
        Slot memory slot = _load(orderId);
        _requireState(orderId, slot, slot.state == State.Placed || slot.state == State.Replacing);
        _requireSeller(order, orderId, actor);
        _requireInTime(orderId, slot);
        _enter(orderId, slot, State.Shipped, order.terms.policy.confirmBySeconds(), actor, data);
    }

    function _acknowledge(Order calldata order, bytes32 orderId, address actor) private {
        Slot memory slot = _load(orderId);
        _requireState(orderId, slot, slot.state == State.Shipped);
        _requireBuyer(order, orderId, actor);
        _requireInTime(orderId, slot);
        uint256 window = order.terms.policy.returnSeconds();
        // What came in exchange under warranty has no second return window.
        require(window != 0 && slot.warrantyEnd == 0, OrderBook_NotAgreed(orderId));
        // Once the key is out there is nothing to give back; what is left is the time to look at it.
        if (order.isDigital()) window = order.terms.policy.confirmBySeconds();
        _enter(orderId, slot, State.Delivered, window, actor, 0);
    }

    /// @dev No deadline: paying late hurts nobody. A concession in whatever the sides are at.
    function _confirm(Order calldata order, bytes32 orderId, address actor) internal {
        Slot memory slot = _load(orderId);
        _requireOpen(orderId, slot);
        _requireBuyer(order, orderId, actor);
        _concluded(order, orderId, slot, actor);
    }

    function _cancel(Order calldata order, bytes32 orderId, address actor) private {
        Slot memory slot = _load(orderId);
        _requireState(orderId, slot, slot.state == State.Placed);
        _requireBuyer(order, orderId, actor);
        uint256 until =
            uint256(slot.deadline) - order.terms.policy.shipBySeconds() + order.terms.policy.cancelSeconds();
        require(block.timestamp <= until, OrderBook_TooLate(orderId, until));
        _refunded(order, orderId, slot, actor, CANCELLED, 0);
    }

    /// @dev No deadline: giving the money back is the seller's at any time before the end.
    function _refund(Order calldata order, bytes32 orderId, address actor) private {
        Slot memory slot = _load(orderId);
        _requireOpen(orderId, slot);
        _requireSeller(order, orderId, actor);
        _refunded(order, orderId, slot, actor, GIVEN, 0);
    }

    function _request(
        Order calldata order,
        bytes32 orderId,
        address actor,
        Remedy remedy,
        uint16 bps,
        bytes32 data
    ) private {
        Slot memory slot = _load(orderId);
        State state = slot.state;
        _requireState(
            orderId, slot, state == State.Shipped || state == State.Delivered || state == State.Warranty
        );
        _requireBuyer(order, orderId, actor);
        _requireInTime(orderId, slot);
        if (remedy != Remedy.Refund) bps = uint16(BPS);
        require(bps != 0 && bps <= BPS, OrderBook_InvalidShare(bps));
        (slot.remedy, slot.bps, slot.byRight) = (remedy, bps, _isByRight(order, slot, remedy));
        if (slot.byRight) {
            emit OrderRemedyTaken(orderId, actor, remedy, bps, data);
            _granted(order, orderId, slot, actor);
        } else {
            _enter(orderId, slot, State.Requested, ANSWER_SECONDS, actor, data);
        }
    }

    function _grant(Order calldata order, bytes32 orderId, address actor) private {
        Slot memory slot = _load(orderId);
        _requireState(orderId, slot, slot.state == State.Requested);
        _requireSeller(order, orderId, actor);
        _granted(order, orderId, slot, actor);
    }

    function _sendBack(Order calldata order, bytes32 orderId, address actor, bytes32 data) private {
        Slot memory slot = _load(orderId);
        _requireState(orderId, slot, slot.state == State.Returning);
        _requireBuyer(order, orderId, actor);
        _requireInTime(orderId, slot);
        _enter(orderId, slot, State.Returned, PARCEL_SECONDS, actor, data);
    }

    function _acceptReturn(Order calldata order, bytes32 orderId, address actor) private {
        Slot memory slot = _load(orderId);
        _requireState(orderId, slot, slot.state == State.Returned);
        _requireSeller(order, orderId, actor);
        _taken(order, orderId, slot, actor);
    }

    function _dispute(Order calldata order, bytes32 orderId, address actor, bytes32 data) private {
        Slot memory slot = _load(orderId);
        State state = slot.state;
        bool buyers = state == State.Shipped || state == State.Delivered;
        _requireState(orderId, slot, buyers || state == State.Requested || state == State.Returned);
        _requireSide(order, orderId, actor, buyers ? Side.Buyer : Side.Seller);
        _requireInTime(orderId, slot);
        slot.opener = buyers ? Side.Buyer : Side.Seller;

        if (order.terms.arbitrator.code.length == 0) {
            // A person whom the market lists: no fee, and nobody's answer to wait for.
            _enter(orderId, slot, State.Disputed, RULING_SECONDS, actor, data);
            return;
        }
        _enter(orderId, slot, State.Contested, ANSWER_SECONDS, actor, data);
        uint256 held = _held(order, slot);
        Case memory dispute_ = Case(orderId, order.buyer, order.shopId(), order.terms.currency, held);
        address payer = _accountOf(order, slot.opener);
        uint256 fee = IArbitration(order.terms.arbitrator).onContested(dispute_, slot.opener, payer);
        _chargeFee(order, orderId, slot.opener, payer, actor, fee);
    }

    function _join(Order calldata order, bytes32 orderId, address actor, bytes32 data) private {
        Slot memory slot = _load(orderId);
        _requireState(orderId, slot, slot.state == State.Contested);
        Side side = slot.opener == Side.Buyer ? Side.Seller : Side.Buyer;
        _requireSide(order, orderId, actor, side);
        _requireInTime(orderId, slot);
        _enter(orderId, slot, State.Disputed, RULING_SECONDS, actor, data);
        address payer = _accountOf(order, side);
        uint256 fee = IArbitration(order.terms.arbitrator).onJoined(orderId, side, payer);
        _chargeFee(order, orderId, side, payer, actor, fee);
    }

    /// @dev What the sides agreed on, or what a granted part means: the buyer's part first, the rest by the terms.
    function _settled(Order calldata order, bytes32 orderId, Slot memory slot, address by, uint16 buyerBps) internal {
        (uint256 buyerAmount, uint256 sellerAmount) = _divide(order, orderId, slot, State.Settled, buyerBps);
        emit OrderSettled(orderId, by, buyerBps, buyerAmount, sellerAmount);
    }

    function _ruled(Order calldata order, bytes32 orderId, Slot memory slot, address by, uint256 buyerBps) internal {
        (uint256 buyerAmount, uint256 sellerAmount) = _divide(order, orderId, slot, State.Ruled, buyerBps);
        emit OrderRuled(orderId, by, buyerAmount, sellerAmount);
    }

    /// @dev What each state comes to when its time is over. The side that was to act never gains by its silence.
    function _due(Order calldata order, bytes32 orderId, address by) internal {
        Slot memory slot = _load(orderId);
        _requireOpen(orderId, slot);
        require(block.timestamp > slot.deadline, OrderBook_TooEarly(orderId, slot.deadline));
        State state = slot.state;
        if (state == State.Placed || state == State.Replacing) {
            _refunded(order, orderId, slot, by, LATE, 0);
        } else if (state == State.Shipped) {
            _presumeDelivered(order, orderId, slot, by);
        } else if (state == State.Requested) {
            _granted(order, orderId, slot, by);
        } else if (state == State.Returned) {
            _cameBack(order, orderId, slot, by);
        } else if (state == State.Contested && slot.opener == Side.Buyer) {
            _refunded(order, orderId, slot, by, UNANSWERED, 0);
        } else if (state == State.Disputed) {
            _ruled(order, orderId, slot, by, BPS / 2);
        } else {
            // Delivered, Returning, Warranty, and Contested by the seller: the buyer let it pass.
            _concluded(order, orderId, slot, by);
        }
    }

    /// @dev The buyer said nothing: the goods count as there, and the return window starts where the confirm-by clock ended.
    function _presumeDelivered(Order calldata order, bytes32 orderId, Slot memory slot, address by) private {
        uint256 end = slot.deadline + order.terms.policy.returnSeconds();
        if (block.timestamp > end || slot.warrantyEnd != 0 || order.isDigital()) {
            _concluded(order, orderId, slot, by);
        } else {
            _enter(orderId, slot, State.Delivered, end - block.timestamp, by, 0);
        }
    }

    function _granted(Order calldata order, bytes32 orderId, Slot memory slot, address by) private {
        if (slot.remedy != Remedy.Refund) {
            // A file does not travel back.
            if (order.isDigital()) return _taken(order, orderId, slot, by);
            _enter(orderId, slot, State.Returning, PARCEL_SECONDS, by, 0);
        } else if (slot.bps == BPS) {
            _refunded(order, orderId, slot, by, GRANTED, 0);
        } else {
            _settled(order, orderId, slot, by, slot.bps);
        }
    }

    /// @dev The goods are with the seller again.
    function _taken(Order calldata order, bytes32 orderId, Slot memory slot, address by) private {
        if (slot.remedy == Remedy.Exchange) {
            slot.exchanged = true;
            _enter(orderId, slot, State.Replacing, PARCEL_SECONDS, by, 0);
        } else {
            _cameBack(order, orderId, slot, by);
        }
    }

    /// @dev The goods are back, or count as back since the seller did not look. Only a return without reason costs the buyer anything.
    function _cameBack(Order calldata order, bytes32 orderId, Slot memory slot, address by) private {
        uint256 kept = 0;
        if (slot.byRight && slot.remedy == Remedy.Return) {
            kept = order.subtotal() * order.terms.policy.restockingBps() / BPS + order.terms.returnShippingPrice;
        }
        _refunded(order, orderId, slot, by, CAME_BACK, kept);
    }

    /// @dev The sale stands. Under a warranty the reserve waits for its end, and a claim that is over leads back to it.
    function _concluded(Order calldata order, bytes32 orderId, Slot memory slot, address by) private {
        uint256 total = order.total();
        uint256 reserveBps = order.terms.policy.warrantyBps();
        if (reserveBps == 0) {
            _completed(order, orderId, slot, by, total, BPS * BPS);
            return;
        }
        uint256 reserve = total * reserveBps / BPS;
        if (slot.warrantyEnd == 0) {
            uint256 window = order.terms.policy.warrantySeconds();
            slot.warrantyEnd = uint40(block.timestamp + window);
            _enter(orderId, slot, State.Warranty, window, by, 0);
            uint256 paid = _settle(order, orderId, total - reserve, (BPS - reserveBps) * BPS);
            emit OrderWarranted(orderId, by, paid, reserve);
        } else if (slot.state == State.Warranty) {
            _completed(order, orderId, slot, by, reserve, reserveBps * BPS);
        } else {
            _enterUntil(orderId, slot, State.Warranty, slot.warrantyEnd, by, 0);
        }
    }

    function _completed(Order calldata order, bytes32 orderId, Slot memory slot, address by, uint256 amount, uint256 keep)
        private
    {
        _end(orderId, slot, State.Completed);
        emit OrderCompleted(orderId, by, _settle(order, orderId, amount, keep));
    }

    function _refunded(Order calldata order, bytes32 orderId, Slot memory slot, address by, uint8 cause, uint256 kept)
        private
    {
        // Read before the slot is overwritten. Goods that were sent are not on the shelf; the seller sets stock when they come back.
        bool unsold = slot.state == State.Placed;
        uint256 held = _held(order, slot);
        if (kept > held) kept = held;
        _end(orderId, slot, State.Refunded);
        address currency = order.terms.currency;
        _credit(order.buyer, currency, held - kept);
        if (kept != 0) _credit(_shopAccount(order.shopId()), currency, kept);
        emit OrderRefunded(orderId, by, cause, held - kept, kept);
        if (unsold) catalog.restock(order.offerId, order.quantity);
    }

    function _divide(Order calldata order, bytes32 orderId, Slot memory slot, State end, uint256 buyerBps)
        private
        returns (uint256 buyerAmount, uint256 sellerAmount)
    {
        uint256 held = _held(order, slot);
        uint256 heldBps = slot.warrantyEnd == 0 ? BPS : order.terms.policy.warrantyBps();
        _end(orderId, slot, end);
        buyerAmount = held * buyerBps / BPS;
        if (buyerAmount != 0) _credit(order.buyer, order.terms.currency, buyerAmount);
        sellerAmount = _settle(order, orderId, held - buyerAmount, heldBps * (BPS - buyerBps));
    }

    function _chargeFee(
        Order calldata order,
        bytes32 orderId,
        Side side,
        address payer,
        address actor,
        uint256 fee
    ) private {
        if (fee == 0) return;
        address currency = order.terms.currency;
        if (side == Side.Seller && !_tillPays(order.shopId(), payer, actor, currency, fee)) payer = actor;
        _charge(payer, currency, fee);
        _credit(order.terms.arbitrator, currency, fee);
        emit ArbitrationFeePaid(orderId, payer, side, fee);
    }

    /// @dev The till is the money role's, within its limits: staff who may only handle orders answer for the shop with their own
    /// money, and so does everybody when the till cannot pay. What the court gives back goes to the till either way.
    function _tillPays(uint256 shopId, address till, address actor, address currency, uint256 fee)
        private
        returns (bool pays)
    {
        pays = _balanceOf(till, currency) >= fee && shop.can(shopId, actor, Roles.MONEY);
        if (pays) shop.authorizeWithdrawal(shopId, actor, currency, fee);
    }

    /// @dev What the terms grant without anyone's consent: inside the return window, before a digital key is taken.
    function _isByRight(Order calldata order, Slot memory slot, Remedy remedy) private view returns (bool) {
        uint256 window = order.terms.policy.returnSeconds();
        if (window == 0 || slot.warrantyEnd != 0) return false;
        if (order.isDigital()) {
            uint256 until = slot.deadline - order.terms.policy.confirmBySeconds() + window;
            if (slot.state != State.Shipped || slot.exchanged || block.timestamp > until) return false;
        } else if (slot.state != State.Delivered) {
            return false;
        }
        if (remedy == Remedy.Return) return true;
        if (remedy == Remedy.Refund) return order.terms.policy.offers(Policies.REFUND_ONLY);
        return order.terms.policy.offers(Policies.EXCHANGE) && !slot.exchanged;
    }

    /// @dev What the escrow still holds of the order.
    function _held(Order calldata order, Slot memory slot) private pure returns (uint256 held) {
        held = order.total();
        if (slot.warrantyEnd != 0) held = held * order.terms.policy.warrantyBps() / BPS;
    }

    /// @dev Windows are bounded, see {Terms}: the sum fits.
    function _enter(bytes32 orderId, Slot memory slot, State state, uint256 duration, address by, bytes32 data)
        private
    {
        _enterUntil(orderId, slot, state, uint40(block.timestamp + duration), by, data);
    }

    function _enterUntil(bytes32 orderId, Slot memory slot, State state, uint40 deadline, address by, bytes32 data)
        private
    {
        (slot.state, slot.deadline) = (state, deadline);
        ++slot.step;
        _store(orderId, slot);
        emit OrderAdvanced(orderId, by, state, deadline, slot.remedy, slot.bps, slot.byRight, slot.opener, data);
    }

    function _end(bytes32 orderId, Slot memory slot, State state) private {
        _words[orderId] = _pack(state, 0, slot.step + 1);
    }

    function _load(bytes32 orderId) internal view returns (Slot memory slot) {
        uint256 word = _words[orderId];
        slot.state = State(uint8(word));
        slot.deadline = uint40(word >> 8);
        slot.step = uint32(word >> 48);
        slot.warrantyEnd = uint40(word >> 80);
        slot.remedy = Remedy(uint8(word >> 120));
        slot.bps = uint16(word >> 128);
        slot.byRight = uint8(word >> 144) != 0;
        slot.exchanged = uint8(word >> 152) != 0;
        slot.opener = Side(uint8(word >> 160));
    }

    function _store(bytes32 orderId, Slot memory slot) private {
        uint256 request = uint256(slot.remedy) | uint256(slot.bps) << 8 | (slot.byRight ? 1 << 24 : 0)
            | (slot.exchanged ? 1 << 32 : 0) | uint256(slot.opener) << 40;
        _words[orderId] =
            _pack(slot.state, slot.deadline, slot.step) | uint256(slot.warrantyEnd) << 80 | request << 120;
    }

    function _pack(State state, uint256 deadline, uint256 step) internal pure returns (uint256) {
        return uint256(state) | deadline << 8 | step << 48;
    }

    function _accountOf(Order calldata order, Side side) private pure returns (address) {
        return side == Side.Buyer ? order.buyer : _shopAccount(order.shopId());
    }

    function _requireState(bytes32 orderId, Slot memory slot, bool right) internal pure {
        require(right, OrderBook_WrongState(orderId, slot.state));
    }

    function _requireOpen(bytes32 orderId, Slot memory slot) internal pure {
        _requireState(orderId, slot, OPEN_STATES >> uint8(slot.state) & 1 == 1);
    }

    function _requireInTime(bytes32 orderId, Slot memory slot) internal view {
        require(block.timestamp <= slot.deadline, OrderBook_TooLate(orderId, slot.deadline));
    }

    function _requireSide(Order calldata order, bytes32 orderId, address actor, Side side) private view {
        if (side == Side.Buyer) _requireBuyer(order, orderId, actor);
        else _requireSeller(order, orderId, actor);
    }

    function _requireBuyer(Order calldata order, bytes32 orderId, address actor) internal pure {
        require(actor == order.buyer, OrderBook_NotBuyer(orderId, actor));
    }

    function _requireSeller(Order calldata order, bytes32 orderId, address actor) internal view {
        require(shop.can(order.shopId(), actor, Roles.ORDERS), OrderBook_NotSeller(orderId, actor));
    }
}
