// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AuctionRules, AuctionStatus, Bid, IAuctions} from "../../src/live/IAuctions.sol";
import {IOrderBook, Order, State} from "../../src/order/IOrderBook.sol";
import {ICatalog, OfferTerms} from "../../src/shop/ICatalog.sol";
import {AuctionTest} from "./AuctionTest.sol";

contract EnglishAuctionTest is AuctionTest {
    function test_AloneOneLeadsAtTheStartPrice() public {
        _bid("ann", 50e6);
        _assertLeads("ann", START);
        assertEq(_left("ann"), PURSE - 50e6 - SHIPPING, "held with delivery");
    }

    function test_TheHigherBidLeadsOneIncrementAboveTheLower() public {
        _bid("ann", 50e6);
        _bid("bob", 70e6);
        _assertLeads("bob", 51e6);
        assertEq(_left("ann"), PURSE, "back at once");
        assertEq(_left("bob"), PURSE - 70e6 - SHIPPING, "held");
    }

    function test_TheLeadersMostOutbidsForIt() public {
        _bid("ann", 50e6);
        _bid("bob", 20e6);
        _assertLeads("ann", 21e6);
        assertEq(_left("bob"), PURSE, "nothing held");
        assertEq(_left("ann"), PURSE - 50e6 - SHIPPING, "still held");
    }

    function test_ThePriceNeverExceedsTheHigherBid() public {
        _bid("ann", 50e6);
        _bid("bob", 50.5e6);
        _assertLeads("bob", 50.5e6);
        _bid("ann", 60e6);
        _bid("bob", 59.5e6);
        _assertLeads("ann", 60e6);
    }

    function test_OfEqualBidsTheEarlierLeads() public {
        _bid("ann", 50e6);
        _bid("bob", 50e6);
        _assertLeads("ann", 50e6);
    }

    function test_ALeaderRaisesItsOwnBidAndPaysNoMoreForIt() public {
        _bid("ann", 50e6);
        _bid("ann", 60e6);
        _assertLeads("ann", START);
        assertEq(_left("ann"), PURSE - 60e6 - SHIPPING, "held");
        _expectBid("ann", 60e6, abi.encodeWithSelector(IAuctions.Auctions_TooLow.selector, 60e6 + 1));
    }

    function test_ALeaderRaisesWithAnotherKey() public {
        _bid("ann", 50e6);
        _stake(person("ann"), PURSE);
        vm.prank(person("ann"));
        book.transferAndCall(address(token), address(auctions), PURSE, abi.encode(person("bid key of bob"), begun + LATEST));
        Bid memory offered = _bidOf("ann", 60e6);
        offered.key = person("bid key of bob");
        auctions.bid(offered, _signed("bob", offered));
        assertEq(_left("ann"), PURSE, "the first purse is whole");
        (uint128 left,) = auctions.purseOf(person("ann"), offered.key, address(token));
        assertEq(left, PURSE - 60e6 - SHIPPING, "the other holds");
        (left,) = auctions.purseOf(person("bob"), offered.key, address(token));
        assertEq(left, PURSE, "of another account");
    }

    function test_RevertWhen_TooLow() public {
        _expectBid("ann", START - 1, abi.encodeWithSelector(IAuctions.Auctions_TooLow.selector, START));
        _bid("ann", START);
        _expectBid("bob", START + STEP - 1, abi.encodeWithSelector(IAuctions.Auctions_TooLow.selector, START + STEP));
        _bid("bob", START + STEP);
        _assertLeads("bob", START + STEP);
    }

    /// What lost once can be brought again and again: it stays too low.
    function test_RevertWhen_AnOldBidIsReplayed() public {
        _bid("ann", 50e6);
        _bid("bob", 70e6);
        _expectBid("ann", 50e6, abi.encodeWithSelector(IAuctions.Auctions_TooLow.selector, 52e6));
        _bid("cai", 60e6);
        _expectBid("cai", 60e6, abi.encodeWithSelector(IAuctions.Auctions_TooLow.selector, 62e6));
    }

    function test_RevertWhen_NotCovered() public {
        bytes memory reason = abi.encodeWithSelector(IAuctions.Auctions_NotCovered.selector, PURSE, PURSE + 1);
        _expectBid("ann", PURSE - SHIPPING + 1, reason);
        _bid("ann", PURSE - SHIPPING);
        assertEq(_left("ann"), 0, "all of it is held");
    }

    /// Nobody drives a price up with money that is not there.
    function test_RevertWhen_ALosingBidIsNotCovered() public {
        _bid("ann", 400e6);
        vm.prank(person("bob"));
        auctions.empty(person("bob"), person("bid key of bob"), address(token));
        bytes memory reason = abi.encodeWithSelector(IAuctions.Auctions_NotCovered.selector, 0, 300e6 + SHIPPING);
        _expectBid("bob", 300e6, reason);
        _assertLeads("ann", START);
    }

    /// One purse never covers two bids.
    function test_RevertWhen_ThePurseIsHeldElsewhere() public {
        _bid("ann", 400e6);
        uint256 other = _publish(_terms(), 1);
        vm.prank(seller);
        catalog.pledge(other, type(uint24).max, begun + 1 days);
        offerId = other;
        auctionId = _open(_rules());
        uint256 left = PURSE - 400e6 - SHIPPING;
        _expectBid("ann", 200e6, abi.encodeWithSelector(IAuctions.Auctions_NotCovered.selector, left, 200e6 + SHIPPING));
    }

    function test_RevertWhen_ThePurseIsOver() public {
        vm.prank(person("ann"));
        auctions.empty(person("ann"), person("bid key of ann"), address(token));
        vm.prank(person("ann"));
        address fresh = person("another key");
        book.transferAndCall(address(token), address(auctions), PURSE, abi.encode(fresh, begun + 5));
        vm.warp(begun + 6);
        Bid memory offered = _bidOf("ann", 20e6);
        offered.key = fresh;
        bytes memory signature = sign(key("another key"), auctions.digestOf(offered));
        vm.expectRevert(abi.encodeWithSelector(IAuctions.Auctions_TooLate.selector, begun + 5));
        auctions.bid(offered, signature);
        _bid("bob", 30e6);
        vm.expectRevert(abi.encodeWithSelector(IAuctions.Auctions_TooLate.selector, begun + 5));
        auctions.bid(offered, signature);
    }

    function test_RevertWhen_TheKeyDidNotSign() public {
        Bid memory offered = _bidOf("ann", 50e6);
        bytes memory forged = _signed("bob", offered);
        vm.expectRevert(abi.encodeWithSelector(IAuctions.Auctions_InvalidSignature.selector, offered.key));
        auctions.bid(offered, forged);
        offered.key = address(0);
        vm.expectRevert(abi.encodeWithSelector(IAuctions.Auctions_InvalidSignature.selector, address(0)));
        auctions.bid(offered, new bytes(65));
        offered = _bidOf("ann", 50e6);
        bytes memory signature = _signed("ann", offered);
        offered.amount += 1;
        vm.expectRevert(abi.encodeWithSelector(IAuctions.Auctions_InvalidSignature.selector, offered.key));
        auctions.bid(offered, signature);
    }

    /// A bid is for one auction of one market, and for its own account's purse.
    function test_RevertWhen_ForAnotherAuction() public {
        Bid memory offered = _bidOf("ann", 50e6);
        bytes memory signature = _signed("ann", offered);
        offered.auctionId = 7;
        vm.expectRevert(abi.encodeWithSelector(IAuctions.Auctions_NotRunning.selector, 7));
        auctions.bid(offered, signature);
        offered = _bidOf("ann", 50e6);
        offered.account = person("bob");
        signature = _signed("ann", offered);
        vm.expectRevert(abi.encodeWithSelector(IAuctions.Auctions_TooLate.selector, 0));
        auctions.bid(offered, signature);
    }

    function test_RevertWhen_TheShopBids() public {
        Bid memory offered = _bidOf("ann", 50e6);
        offered.account = seller;
        bytes memory signature = _signed("ann", offered);
        vm.expectRevert(abi.encodeWithSelector(IAuctions.Auctions_OwnAuction.selector, seller));
        auctions.bid(offered, signature);
    }

    /// It could win and never be an order's buyer: the seller would have sold nothing.
    function test_RevertWhen_TheArbitratorBids() public {
        Bid memory offered = _bidOf("ann", 50e6);
        offered.account = arbitrator;
        bytes memory signature = _signed("ann", offered);
        vm.expectRevert(abi.encodeWithSelector(IAuctions.Auctions_OwnAuction.selector, arbitrator));
        auctions.bid(offered, signature);
    }

    function test_RevertWhen_Sealed() public {
        Bid memory offered = _bidOf("ann", 50e6);
        offered.commitment = "sealed";
        bytes memory signature = _signed("ann", offered);
        vm.expectRevert(IAuctions.Auctions_WrongBid.selector);
        auctions.bid(offered, signature);
        vm.warp(begun + LENGTH);
        vm.expectRevert(abi.encodeWithSelector(IAuctions.Auctions_TooEarly.selector, begun + LENGTH));
        auctions.reveal(auctionId, person("ann"), 50e6, 0);
    }

    function test_RevertWhen_TheBidIsStale() public {
        Bid memory offered = _bidOf("ann", 50e6);
        offered.validBefore = begun + 30;
        bytes memory signature = _signed("ann", offered);
        vm.warp(begun + 31);
        vm.expectRevert(abi.encodeWithSelector(IAuctions.Auctions_TooLate.selector, begun + 31));
        auctions.bid(offered, signature);
        vm.warp(begun + 30);
        auctions.bid(offered, signature);
    }

    function test_ALateBidSetsTheClockBack() public {
        _bid("ann", 20e6);
        assertEq(_endsAt(), begun + LENGTH, "an early bid leaves it alone");
        vm.warp(begun + LENGTH - EXTENSION);
        _bid("bob", 30e6);
        assertEq(_endsAt(), begun + LENGTH, "not later than it was");
        vm.warp(begun + LENGTH - 1);
        _bid("ann", 40e6);
        assertEq(_endsAt(), begun + LENGTH - 1 + EXTENSION, "ten seconds from the bid");
        vm.warp(begun + LENGTH + 2);
        _bid("bob", 35.5e6 + 5.5e6);
        assertEq(_endsAt(), begun + LENGTH + 2 + EXTENSION, "again");
    }

    /// A bid that loses at once has moved the price: who leads may want to think again, and so may others.
    function test_ABidThatLosesAtOnceSetsTheClockBackToo() public {
        _bid("ann", 100e6);
        vm.warp(begun + LENGTH - 1);
        _bid("bob", 30e6);
        assertEq(_endsAt(), begun + LENGTH - 1 + EXTENSION, "end");
    }

    function test_ALeaderCannotMoveTheClock() public {
        _bid("ann", 20e6);
        vm.warp(begun + LENGTH - 1);
        _bid("ann", 40e6);
        assertEq(_endsAt(), begun + LENGTH, "end");
    }

    function test_SuddenDeath() public {
        uint128 amount = 20e6;
        for (uint40 at = begun + LENGTH - 1; at < begun + LATEST; at += 9) {
            vm.warp(at);
            _bid(names[(amount / 10e6) % 2], amount);
            amount += 10e6;
            assertTrue(_endsAt() <= begun + LATEST, "never beyond");
        }
        assertEq(_endsAt(), begun + LATEST, "the latest end");
        vm.warp(begun + LATEST);
        _expectBid("cai", 490e6, abi.encodeWithSelector(IAuctions.Auctions_TooLate.selector, begun + LATEST));
    }

    function test_RevertWhen_ItIsOver() public {
        vm.warp(begun + LENGTH);
        _expectBid("ann", 20e6, abi.encodeWithSelector(IAuctions.Auctions_TooLate.selector, begun + LENGTH));
    }

    function test_TheWinnersOrderIsPlaced() public {
        _bid("ann", 50e6);
        _bid("bob", 70e6);
        vm.warp(begun + LENGTH);
        _finish();
        _assertStatus(AuctionStatus.Sold);
        Order memory order = _won("bob", 51e6);
        _assertState(order, State.Placed);
        assertEq(_stock(offerId), STOCK - 1, "one piece");
        assertEq(_left("bob"), PURSE - 51e6 - SHIPPING, "pays what was needed, and delivery");
        assertEq(_left("ann"), PURSE, "the loser is whole");
        assertEq(_balance(address(auctions)), 3 * PURSE - 51e6 - SHIPPING, "all purses");
    }

    /// Bought at auction it is an order like any other: it ships, it is confirmed, the shop is paid the price found.
    function test_TheSellerIsPaidTheFinalPrice() public {
        _bid("ann", 50e6);
        _bid("bob", 70e6);
        vm.warp(begun + LENGTH);
        _finish();
        Order memory order = _won("bob", 51e6);
        vm.prank(seller);
        book.ship(order, "note");
        vm.prank(person("bob"));
        book.confirm(order);
        assertEq(_balance(SHOP_ACCOUNT), 51e6 + SHIPPING, "shop");
    }

    function test_RevertWhen_FinishedTooEarlyOrTwice() public {
        _bid("ann", 50e6);
        OfferTerms memory terms = _terms();
        vm.warp(begun + LENGTH - 1);
        vm.expectRevert(abi.encodeWithSelector(IAuctions.Auctions_TooEarly.selector, begun + LENGTH));
        auctions.finish(auctionId, terms);
        vm.warp(begun + LENGTH);
        auctions.finish(auctionId, terms);
        vm.expectRevert(abi.encodeWithSelector(IAuctions.Auctions_NotRunning.selector, auctionId));
        auctions.finish(auctionId, terms);
        vm.expectRevert(abi.encodeWithSelector(IAuctions.Auctions_NotRunning.selector, auctionId));
        auctions.giveUp(auctionId);
    }

    function test_RevertWhen_FinishedUnderOtherTerms() public {
        _bid("ann", 50e6);
        vm.warp(begun + LENGTH);
        OfferTerms memory terms = _terms();
        terms.shippingPrice = 0;
        vm.expectRevert(abi.encodeWithSelector(IAuctions.Auctions_NotOnOffer.selector, offerId));
        auctions.finish(auctionId, terms);
    }

    function test_UnsoldWhenNobodyBids() public {
        vm.warp(begun + LENGTH);
        _finish();
        _assertStatus(AuctionStatus.Unsold);
        assertEq(_stock(offerId), STOCK, "stock");
        (begun, auctionId) = (uint40(block.timestamp), auctionId + 1);
        assertEq(_open(_rules()), auctionId, "the piece can be put up again");
    }

    /// Whatever its price is, the piece is there for its winner.
    function test_TheSellerCannotTakeThePieceAway() public {
        _bid("ann", 50e6);
        bytes memory reason = abi.encodeWithSelector(ICatalog.Catalog_Pledged.selector, offerId, begun + 1 days);
        vm.startPrank(seller);
        vm.expectRevert(reason);
        catalog.unpledge(offerId);
        vm.warp(begun + 11 minutes);
        vm.expectRevert(reason);
        catalog.setStock(offerId, 0);
        vm.expectRevert(reason);
        catalog.delist(offerId >> 16);
        vm.stopPrank();
        _finish();
        _assertState(_won("ann", START), State.Placed);
    }

    /// Governance took the arbitrator off its list: the winner waits an hour and is whole.
    function test_MoneyBackWhenTheOrderCannotBePlaced() public {
        _bid("ann", 50e6);
        parameters.setArbitrator(arbitrator, false);
        vm.warp(begun + LENGTH);
        OfferTerms memory terms = _terms();
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_ArbitratorNotAllowed.selector, arbitrator));
        auctions.finish(auctionId, terms);
        vm.expectRevert(abi.encodeWithSelector(IAuctions.Auctions_TooEarly.selector, begun + LATEST + GRACE));
        auctions.giveUp(auctionId);
        vm.warp(begun + LATEST + GRACE);
        vm.prank(stranger);
        auctions.giveUp(auctionId);
        _assertStatus(AuctionStatus.Unsold);
        assertEq(_left("ann"), PURSE, "whole");
    }

    function test_TheHostGetsItsShare() public {
        _winWithAffiliate("bob");
        Order memory order = _won("bob", START);
        order.affiliate = person("ann");
        _assertState(order, State.Placed);
    }

    function test_TheHostGetsNoShareOfAnOwnOrder() public {
        _winWithAffiliate("ann");
        _assertState(_won("ann", START), State.Placed);
    }

    /// @dev In an auction of which ann has a share.
    function _winWithAffiliate(string memory name) private {
        vm.warp(begun + LENGTH);
        _finish();
        begun = uint40(block.timestamp);
        AuctionRules memory rules = _rules();
        rules.affiliate = person("ann");
        auctionId = _open(rules);
        _bid(name, 50e6);
        vm.warp(begun + LENGTH);
        _finish();
    }

    function test_AnAccountEmptiesItsPurseAtOnceButForWhatIsHeld() public {
        _bid("ann", 50e6);
        address account = person("ann");
        vm.prank(account);
        auctions.empty(account, person("bid key of ann"), address(token));
        assertEq(_balance(account), PURSE - 50e6 - SHIPPING, "what is not held");
        _bid("bob", 70e6);
        assertEq(_left("ann"), 50e6 + SHIPPING, "what comes back later");
        vm.prank(account);
        auctions.empty(account, person("bid key of ann"), address(token));
        assertEq(_balance(account), PURSE, "all");
    }

    function test_RevertWhen_EmptiedByOthersTooEarly() public {
        address account = person("ann");
        address key_ = person("bid key of ann");
        vm.expectRevert(abi.encodeWithSelector(IAuctions.Auctions_TooEarly.selector, begun + 1 days));
        vm.prank(stranger);
        auctions.empty(account, key_, address(token));
        vm.warp(begun + 1 days + 1);
        vm.prank(stranger);
        auctions.empty(account, key_, address(token));
        assertEq(_balance(account), PURSE, "to its account");
        vm.expectRevert(IAuctions.Auctions_InvalidPurse.selector);
        auctions.empty(account, key_, address(token));
    }

    function test_RevertWhen_APurseIsNone() public {
        _stake(stranger, PURSE);
        vm.startPrank(stranger);
        _expectPurse(0, person("key"), begun + 1);
        _expectPurse(1, address(0), begun + 1);
        _expectPurse(1, person("key"), begun);
        _expectPurse(1, person("key"), begun + 30 days + 1);
        book.transferAndCall(address(token), address(auctions), 1, abi.encode(person("key"), begun + 30 days));
        _expectPurse(1, person("key"), begun + 30 days - 1);
        vm.stopPrank();
        vm.expectRevert(abi.encodeWithSelector(IAuctions.Auctions_NotOrderBook.selector, stranger));
        vm.prank(stranger);
        auctions.onPaid(stranger, address(token), 1, abi.encode(person("key"), begun + 1));
    }

    /// Nobody places an order in another's name, auctions and what they hold included.
    function test_RevertWhen_SomebodyElsePlacesAWonOrder() public {
        Order memory order = _order();
        bytes32 hash = catalog.hashTerms(order.terms);
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_NotAuctions.selector, seller));
        vm.prank(seller);
        book.placeWon(order, hash);
    }

    /// Whatever three people bid: the highest leads, pays at most its bid and no more than one increment above the second, and
    /// everybody else is whole.
    function testFuzz_TheHighestBidWinsAtTheSecondsPrice(uint64[8] memory amounts) public {
        uint128[3] memory best;
        for (uint256 i = 0; i < 8; ++i) {
            string memory name = names[i % 3];
            uint128 amount = uint128(bound(amounts[i], START, PURSE - SHIPPING));
            (, address leader, uint128 price,,,) = auctions.auctionOf(auctionId);
            uint128 least = leader == address(0) ? START : leader == person(name) ? best[i % 3] + 1 : price + STEP;
            if (amount < least) continue;
            _bid(name, amount);
            best[i % 3] = amount;
        }
        vm.warp(begun + LENGTH);
        (, address winner, uint128 last, uint128 held,,) = auctions.auctionOf(auctionId);
        _finish();
        uint128 paid;
        for (uint256 i = 0; i < 3; ++i) {
            bool won = person(names[i]) == winner;
            assertEq(_left(names[i]), won ? PURSE - last - SHIPPING : PURSE, names[i]);
            for (uint256 j = 0; won && j < 3; ++j) {
                assertTrue(best[j] <= best[i], "the highest");
                assertTrue(last <= best[i] && (j == i || last >= best[j]), "price");
            }
            if (won) (paid, held) = (last, held - best[i] - uint128(SHIPPING));
        }
        assertEq(held, 0, "held what was bid");
        assertEq(_balance(address(auctions)), 3 * PURSE - (winner == address(0) ? 0 : paid + SHIPPING), "conserved");
    }

    function _expectPurse(uint256 amount, address key_, uint40 validUntil) private {
        vm.expectRevert(IAuctions.Auctions_InvalidPurse.selector);
        book.transferAndCall(address(token), address(auctions), amount, abi.encode(key_, validUntil));
    }
}
