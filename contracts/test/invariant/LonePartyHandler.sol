// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Action, IOrderBook, Order, SettlementOffer, State} from "../../src/order/IOrderBook.sol";
import {OrderBook} from "../../src/order/OrderBook.sol";
import {Test} from "../support/Test.sol";

/// @notice One party of several orders does whatever it can, at random. Time passes, but never beyond a deadline that waits for
/// the other side: the other side is there, it only has not acted yet.
contract LonePartyHandler is Test {
    OrderBook public immutable book;
    address public immutable party;
    bool public immutable isBuyer;

    bytes[] private _orders;
    mapping(bytes32 orderId => bool) private _opened;
    uint256 public steps;

    constructor(OrderBook book_, address party_, bool isBuyer_) {
        (book, party, isBuyer) = (book_, party_, isBuyer_);
    }

    function add(Order calldata order) external {
        _orders.push(abi.encode(order));
    }

    function step(uint256 which, uint8 move, uint16 bps) external {
        Order memory order = abi.decode(_orders[which % _orders.length], (Order));
        move = move % 16;
        bps = uint16(bound(bps, 0, 10_000));
        bytes memory data;
        if (move < 13) data = abi.encodeCall(IOrderBook.perform, (order, Action(move), bps, 0));
        else if (move == 13) data = abi.encodeCall(IOrderBook.rule, (order, bps));
        else if (move == 14) data = abi.encodeCall(IOrderBook.settleDue, (order));
        else data = abi.encodeCall(IOrderBook.settle, (order, _ownOffer(order, bps)));
        vm.prank(party);
        (bool done,) = address(book).call(data);
        if (!done) return;
        ++steps;
        if (move == uint8(Action.Dispute)) _opened[book.orderIdOf(order)] = true;
    }

    function pass(uint32 time) external {
        uint256 until = block.timestamp + bound(time, 1, 10 days);
        for (uint256 i = 0; i < _orders.length; ++i) {
            bytes32 id = book.orderIdOf(abi.decode(_orders[i], (Order)));
            (State state, uint40 deadline,) = book.stateOf(id);
            if (deadline != 0 && deadline < until && !_isOwnTurn(id, state)) until = deadline;
        }
        if (until > block.timestamp) vm.warp(until);
    }

    /// @dev Whom the state waits for; see the table in `docs/architecture.md`. For the arbitrator it is nobody's.
    function _isOwnTurn(bytes32 id, State state) private view returns (bool) {
        if (state == State.Disputed) return false;
        if (state == State.Contested) return !_opened[id];
        bool buyers = state == State.Shipped || state == State.Delivered || state == State.Returning || state == State.Warranty;
        return buyers == isBuyer;
    }

    /// @dev Its own, for lack of another's.
    function _ownOffer(Order memory order, uint16 bps) private view returns (SettlementOffer memory offer) {
        (,, offer.step) = book.stateOf(book.orderIdOf(order));
        (offer.by, offer.buyerBps, offer.validBefore) = (party, bps, type(uint64).max);
        offer.signature = sign(key(isBuyer ? "buyer" : "seller"), keccak256(abi.encode(offer.step, bps)));
    }
}
