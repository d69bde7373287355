// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Order} from "../order/IOrderBook.sol";

/// @title Reviews by the parties of an ended order, once in each direction, for good.
interface IReviews {
    /// @param ofSeller True when the buyer reviews the shop, false when the shop reviews the buyer.
    /// @param content Canonical JSON (`ReviewContent` in the protocol), at most 4096 bytes.
    event Reviewed(
        bytes32 indexed orderId, uint256 indexed offerId, address indexed author, bool ofSeller, uint8 rating, bytes content
    );
    /// @param ofSeller Which of the two reviews is answered.
    event ReviewReplied(bytes32 indexed orderId, address indexed author, bool ofSeller, bytes content);

    error Reviews_OrderNotEnded(bytes32 orderId);
    error Reviews_NotParty(bytes32 orderId, address caller);
    error Reviews_AlreadyReviewed(bytes32 orderId, bool ofSeller);
    error Reviews_NothingToReply(bytes32 orderId, bool ofSeller);
    error Reviews_AlreadyReplied(bytes32 orderId, bool ofSeller);
    error Reviews_InvalidRating(uint8 rating);
    error Reviews_InvalidContent(uint256 length);

    /// @notice Buyer (`ofSeller`) or orders role of the shop; rating 1–5.
    function review(Order calldata order, bool ofSeller, uint8 rating, bytes calldata content) external;

    /// @notice The reviewed side answers, once.
    function reply(Order calldata order, bool ofSeller, bytes calldata content) external;
}
