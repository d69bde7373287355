// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Order} from "../../src/order/IOrderBook.sol";
import {IReviews} from "../../src/review/IReviews.sol";
import {MarketTest} from "../support/MarketTest.sol";

/// review, reply
contract ReviewsTest is MarketTest {
    bytes private _encoded;
    bytes32 private _id;

    function setUp() public override {
        super.setUp();
        Order memory order = _shipped();
        vm.prank(buyer);
        book.confirm(order);
        _encoded = abi.encode(order);
        _id = _idOf(order);
    }

    function test_BothPartiesReviewAndAnswerOnce() public {
        vm.expectEmit(address(reviews));
        emit IReviews.Reviewed(_id, offerId, buyer, true, 5, "good tea");
        vm.prank(buyer);
        reviews.review(_ended(), true, 5, "good tea");
        vm.expectEmit(address(reviews));
        emit IReviews.ReviewReplied(_id, seller, true, "thank you");
        vm.prank(seller);
        reviews.reply(_ended(), true, "thank you");
        vm.expectEmit(address(reviews));
        emit IReviews.Reviewed(_id, offerId, seller, false, 4, "good guest");
        vm.prank(seller);
        reviews.review(_ended(), false, 4, "good guest");
        vm.prank(buyer);
        reviews.reply(_ended(), false, "likewise");
    }

    function test_RevertWhen_ReviewedTwice() public {
        vm.startPrank(buyer);
        reviews.review(_ended(), true, 5, "a");
        vm.expectRevert(abi.encodeWithSelector(IReviews.Reviews_AlreadyReviewed.selector, _id, true));
        reviews.review(_ended(), true, 1, "b");
        vm.stopPrank();
    }

    function test_RevertWhen_AnsweredTwiceOrBeforeTheReview() public {
        vm.expectRevert(abi.encodeWithSelector(IReviews.Reviews_NothingToReply.selector, _id, true));
        vm.prank(seller);
        reviews.reply(_ended(), true, "early");
        vm.prank(buyer);
        reviews.review(_ended(), true, 5, "a");
        vm.startPrank(seller);
        reviews.reply(_ended(), true, "b");
        vm.expectRevert(abi.encodeWithSelector(IReviews.Reviews_AlreadyReplied.selector, _id, true));
        reviews.reply(_ended(), true, "c");
        vm.stopPrank();
    }

    function test_RevertWhen_NotTheParty() public {
        vm.expectRevert(abi.encodeWithSelector(IReviews.Reviews_NotParty.selector, _id, seller));
        vm.prank(seller);
        reviews.review(_ended(), true, 5, "self-praise");
        vm.expectRevert(abi.encodeWithSelector(IReviews.Reviews_NotParty.selector, _id, buyer));
        vm.prank(buyer);
        reviews.review(_ended(), false, 5, "self-praise");
        vm.expectRevert(abi.encodeWithSelector(IReviews.Reviews_NotParty.selector, _id, buyer));
        vm.prank(buyer);
        reviews.reply(_ended(), true, "to myself");
    }

    function test_RevertWhen_OrderNeverExistedOrIsOpen() public {
        Order memory order = _order();
        vm.expectRevert(abi.encodeWithSelector(IReviews.Reviews_OrderNotEnded.selector, _idOf(order)));
        vm.prank(buyer);
        reviews.review(order, true, 5, "a");
        _place(order);
        vm.expectRevert(abi.encodeWithSelector(IReviews.Reviews_OrderNotEnded.selector, _idOf(order)));
        vm.prank(buyer);
        reviews.review(order, true, 5, "a");
    }

    function test_RevertWhen_RatingIsOutOfRange() public {
        vm.startPrank(buyer);
        vm.expectRevert(abi.encodeWithSelector(IReviews.Reviews_InvalidRating.selector, 0));
        reviews.review(_ended(), true, 0, "a");
        vm.expectRevert(abi.encodeWithSelector(IReviews.Reviews_InvalidRating.selector, 6));
        reviews.review(_ended(), true, 6, "a");
        vm.stopPrank();
    }

    function test_RevertWhen_ContentIsEmptyOrTooLong() public {
        vm.startPrank(buyer);
        vm.expectRevert(abi.encodeWithSelector(IReviews.Reviews_InvalidContent.selector, 0));
        reviews.review(_ended(), true, 5, "");
        vm.expectRevert(abi.encodeWithSelector(IReviews.Reviews_InvalidContent.selector, 4097));
        reviews.review(_ended(), true, 5, new bytes(4097));
        reviews.review(_ended(), true, 5, new bytes(4096));
        vm.stopPrank();
    }

    function _ended() private view returns (Order memory) {
        return abi.decode(_encoded, (Order));
    }
}
