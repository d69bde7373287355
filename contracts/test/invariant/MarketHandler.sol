// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Action, IOrderBook, Order, SettlementOffer, SignedAction, State} from "../../src/order/IOrderBook.sol";
import {OrderBook} from "../../src/order/OrderBook.sol";
import {OfferTerms} from "../../src/shop/ICatalog.sol";
import {TestCourt} from "../mocks/TestCourt.sol";
import {MarketPeople} from "./MarketPeople.sol";

/// @notice Takes every step of every order at random, as whoever, called, signed or settled, and writes down what it saw.
contract MarketHandler is MarketPeople {
    uint8 private constant RULE = 13;
    uint8 private constant SETTLE_DUE = 14;
    uint8 private constant SETTLE = 15;
    uint8 private constant MOVES = 16;

    TestCourt public immutable court;
    bytes32 private immutable _domain;

    /// Orders of which only the warranty reserve is left.
    mapping(bytes32 orderId => bool) private _warranted;
    mapping(bytes32 orderId => uint256) public endings;
    mapping(bytes32 orderId => uint256) public rulings;
    /// Steps that succeeded, whoever took them.
    uint256 public steps;
    uint256 public mostEndings;

    constructor(
        OrderBook book_,
        TestCourt court_,
        address[4] memory currencies_,
        uint256[] memory offers_,
        OfferTerms[] memory terms,
        uint48 pieces
    ) MarketPeople(book_, currencies_, offers_, terms, pieces) {
        court = court_;
        _domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Kaishi"),
                keccak256("1"),
                block.chainid,
                address(book_)
            )
        );
    }

    function setCourtFee(uint8 fee) external {
        court.setFee(fee);
    }

    /// @param likely Take the step as one who may, as far as the action alone tells: most orders should get somewhere.
    function step(uint256 which, uint256 who, uint8 move, uint16 bps, bool signed, uint8 likely) external {
        if (_orders.length == 0) return;
        which = which % _orders.length;
        Order memory order = abi.decode(_orders[which], (Order));
        bytes32 id = _ids[which];
        move = move % MOVES;
        who = likely % 4 == 0 ? who % 5 : _likely(order, id, who, move);
        (State before, uint40 deadline, uint32 count) = book.stateOf(id);
        bool done = _try(order, id, who, move, uint16(bound(bps, 0, 10_000)), signed);
        (State state, uint40 clock, uint32 later) = book.stateOf(id);
        if (!done) {
            if (state != before || later != count || clock != deadline) ++violations;
            return;
        }
        ++steps;
        if (later != count + 1 || !_permitted(order, who, move, before, deadline)) ++violations;
        if (move == RULE && ++rulings[id] > 1) ++violations;
        _record(order, id, before, state, clock);
    }

    function _try(Order memory order, bytes32 id, uint256 who, uint8 move, uint16 bps, bool signed) private returns (bool done) {
        if (move == RULE && order.terms.arbitrator == address(court) && who == 3) {
            (done,) = address(court).call(abi.encodeCall(court.rule, (order, bps)));
            return done;
        }
        bytes memory data;
        if (move == RULE) data = abi.encodeCall(IOrderBook.rule, (order, bps));
        else if (move == SETTLE_DUE) data = abi.encodeCall(IOrderBook.settleDue, (order));
        else if (move == SETTLE) data = abi.encodeCall(IOrderBook.settle, (order, _offer(order, id, who, bps)));
        else if (signed) data = abi.encodeCall(IOrderBook.act, (_signed(order, id, who, move, bps)));
        else data = abi.encodeCall(IOrderBook.perform, (order, Action(move), bps, 0));
        vm.prank(signed && move < RULE ? stranger : actors[who]);
        (done,) = address(book).call(data);
    }

    /// @dev Written from the table in `docs/architecture.md`, not from the code.
    function _permitted(Order memory order, uint256 who, uint8 move, State before, uint40 deadline)
        private
        view
        returns (bool)
    {
        bool inTime = block.timestamp <= deadline;
        if (uint8(before) == 0 || _isEnd(before)) return false;
        if (move == SETTLE_DUE) return !inTime;
        if (move == RULE) return before == State.Disputed && inTime && who == 3;
        address actor = actors[who];
        if (move == SETTLE) return actor == seller || actor == order.buyer;
        return actor == (_isSellers(Action(move), before, actor) ? seller : order.buyer)
            && _isTimely(Action(move), before, inTime);
    }

    /// @dev Whose step it is. The court's answer is the side's that did not open, which our notes do not tell apart.
    function _isSellers(Action action, State before, address actor) private view returns (bool) {
        if (action == Action.Dispute) return before == State.Requested || before == State.Returned;
        if (action == Action.Join) return actor == seller;
        return action == Action.Ship || action == Action.Refund || action == Action.Grant
            || action == Action.AcceptReturn;
    }

    /// @dev Concessions have no deadline; cancelling has its own.
    function _isTimely(Action action, State before, bool inTime) private pure returns (bool) {
        if (action == Action.Cancel) return before == State.Placed;
        bool concession = action == Action.Confirm || action == Action.Refund || action == Action.Grant
            || action == Action.AcceptReturn;
        return inTime || concession;
    }

    function _record(Order memory order, bytes32 id, State before, State state, uint40 clock) private {
        bool ended = _isEnd(state);
        if (ended != (clock == 0)) ++violations;
        if (state == State.Warranty) _warranted[id] = true;
        uint256 held = ended ? 0 : book.totalOf(order);
        if (_warranted[id]) held = held * order.terms.policy.warrantyBps() / 10_000;
        // Once money has left an escrow none ever comes back into it.
        if (held > _held[id]) ++violations;
        escrowed[order.terms.currency] = escrowed[order.terms.currency] + held - _held[id];
        _held[id] = held;
        if (!ended) return;
        if (++endings[id] > mostEndings) mostEndings = endings[id];
        if (state == State.Refunded && before == State.Placed) sold[order.offerId] -= order.quantity;
    }

    function _likely(Order memory order, bytes32 id, uint256 who, uint8 move) private view returns (uint256) {
        uint256 buyers = order.buyer == actors[0] ? 0 : 1;
        if (move == RULE) return 3;
        if (move == SETTLE_DUE) return who % 5;
        if (move == SETTLE || move == uint8(Action.Join)) return who % 2 == 0 ? buyers : 2;
        (State state,,) = book.stateOf(id);
        return _isSellers(Action(move), state, actors[buyers]) ? 2 : buyers;
    }

    /// @dev The other side's offer; a stranger's when a stranger accepts.
    function _offer(Order memory order, bytes32 id, uint256 who, uint16 bps) private view returns (SettlementOffer memory offer) {
        uint256 by = actors[who] == order.buyer ? 2 : actors[who] == seller ? (order.buyer == actors[0] ? 0 : 1) : 4;
        (,, offer.step) = book.stateOf(id);
        (offer.by, offer.buyerBps, offer.validBefore) = (actors[by], bps, type(uint64).max);
        bytes32 structHash = keccak256(
            abi.encode(
                keccak256("SettlementOffer(bytes32 orderId,uint16 buyerBps,uint32 step,uint64 validBefore)"),
                id,
                bps,
                offer.step,
                offer.validBefore
            )
        );
        offer.signature = sign(key(_names[by]), keccak256(abi.encodePacked(hex"1901", _domain, structHash)));
    }

    function _signed(Order memory order, bytes32 id, uint256 who, uint8 move, uint16 bps)
        private
        view
        returns (SignedAction[] memory all)
    {
        all = new SignedAction[](1);
        (,, uint32 count) = book.stateOf(id);
        bytes32 structHash = keccak256(
            abi.encode(
                keccak256("OrderAction(bytes32 orderId,uint8 action,uint16 bps,bytes32 data,uint32 step,uint64 validBefore)"),
                id,
                move,
                bps,
                bytes32(0),
                count,
                type(uint64).max
            )
        );
        bytes memory signature = sign(key(_names[who]), keccak256(abi.encodePacked(hex"1901", _domain, structHash)));
        all[0] = SignedAction(order, Action(move), bps, actors[who], 0, count, type(uint64).max, signature);
    }

    function _isEnd(State state) private pure returns (bool) {
        return state == State.Completed || state == State.Refunded || state == State.Ruled || state == State.Settled;
    }
}
