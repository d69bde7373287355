// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC2771Context} from "@openzeppelin/contracts/metatx/ERC2771Context.sol";
import {IOrderBook, Order, State} from "../order/IOrderBook.sol";
import {IShop} from "../shop/IShop.sol";
import {Roles} from "../shop/Roles.sol";
import {IReviews} from "./IReviews.sol";

/// @title Reviews: see {IReviews}.
contract Reviews is IReviews, ERC2771Context {
    struct Pair {
        bool reviewed;
        bool replied;
    }

    uint256 private constant MAX_CONTENT = 4096;
    uint8 private constant MAX_RATING = 5;

    IOrderBook public immutable orderBook;
    IShop public immutable shop;

    mapping(bytes32 orderId => mapping(bool ofSeller => Pair)) private _pairs;

    constructor(IOrderBook orderBook_, IShop shop_, address forwarder) ERC2771Context(forwarder) {
        (orderBook, shop) = (orderBook_, shop_);
    }

    /// @inheritdoc IReviews
    function review(Order calldata order, bool ofSeller, uint8 rating, bytes calldata content) external {
        require(rating != 0 && rating <= MAX_RATING, Reviews_InvalidRating(rating));
        bytes32 orderId = _requireEnded(order, content);
        address author = _requireParty(order, orderId, ofSeller);
        Pair storage pair = _pairs[orderId][ofSeller];
        require(!pair.reviewed, Reviews_AlreadyReviewed(orderId, ofSeller));

        pair.reviewed = true;
        emit Reviewed(orderId, order.offerId, author, ofSeller, rating, content);
    }

    /// @inheritdoc IReviews
    function reply(Order calldata order, bool ofSeller, bytes calldata content) external {
        bytes32 orderId = _requireEnded(order, content);
        address author = _requireParty(order, orderId, !ofSeller);
        Pair storage pair = _pairs[orderId][ofSeller];
        require(pair.reviewed, Reviews_NothingToReply(orderId, ofSeller));
        require(!pair.replied, Reviews_AlreadyReplied(orderId, ofSeller));

        pair.replied = true;
        emit ReviewReplied(orderId, author, ofSeller, content);
    }

    function _requireEnded(Order calldata order, bytes calldata content) private view returns (bytes32 orderId) {
        require(content.length != 0 && content.length <= MAX_CONTENT, Reviews_InvalidContent(content.length));
        orderId = orderBook.orderIdOf(order);
        (State state,,) = orderBook.stateOf(orderId);
        // While the warranty runs the sale itself is over.
        bool ended = state == State.Completed || state == State.Refunded || state == State.Ruled
            || state == State.Warranty || state == State.Settled;
        require(ended, Reviews_OrderNotEnded(orderId));
    }

    function _requireParty(Order calldata order, bytes32 orderId, bool asBuyer) private view returns (address caller) {
        caller = _msgSender();
        bool party = asBuyer ? caller == order.buyer : shop.can(order.offerId >> 48, caller, Roles.ORDERS);
        require(party, Reviews_NotParty(orderId, caller));
    }
}
