// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AuctionStatus, Bid, IAuctions} from "../../src/live/IAuctions.sol";
import {State} from "../../src/order/IOrderBook.sol";
import {AuctionTest} from "./AuctionTest.sol";

contract SealedAuctionTest is AuctionTest {
    function setUp() public override {
        super.setUp();
        vm.prank(seller);
        auctions.cancel(auctionId);
        auctionId = _open(_sealedRules());
    }

    function test_TheWinnerPaysTheSecondPrice() public {
        _seal("ann", 50e6, 100e6);
        _seal("bob", 80e6, 100e6);
        _seal("cai", 65e6, 300e6);
        assertEq(_left("cai"), PURSE - 300e6, "deposit");
        vm.warp(begun + LENGTH);
        _show("ann", 50e6);
        _assertLeads("ann", START);
        _show("bob", 80e6);
        _assertLeads("bob", 50e6);
        assertEq(_left("ann"), PURSE, "outbid: back at once");
        _show("cai", 65e6);
        _assertLeads("bob", 65e6);
        assertEq(_left("cai"), PURSE, "did not lead: back at once");
        // All are shown: nobody waits for the latest end.
        _finish();
        _assertStatus(AuctionStatus.Sold);
        _assertState(_won("bob", 65e6), State.Placed);
        assertEq(_left("bob"), PURSE - 65e6 - SHIPPING, "the rest comes back");
    }

    function test_AloneOnePaysTheStartPrice() public {
        _seal("ann", 50e6, 100e6);
        vm.warp(begun + LENGTH);
        _show("ann", 50e6);
        _finish();
        _assertState(_won("ann", START), State.Placed);
    }

    function test_OfEqualBidsTheFirstShownWinsAndPaysThem() public {
        _seal("ann", 50e6, 100e6);
        _seal("bob", 50e6, 100e6);
        vm.warp(begun + LENGTH);
        _show("bob", 50e6);
        _show("ann", 50e6);
        _assertLeads("bob", 50e6);
    }

    /// Who never shows its bid has not bid, and has its deposit back.
    function test_AnUnshownBidLosesAndIsWhole() public {
        _seal("ann", 50e6, 100e6);
        _seal("bob", 80e6, 100e6);
        vm.warp(begun + LENGTH);
        _show("ann", 50e6);
        vm.expectRevert(abi.encodeWithSelector(IAuctions.Auctions_TooEarly.selector, begun + LATEST));
        auctions.reclaim(auctionId, person("bob"));
        vm.warp(begun + LATEST);
        _finish();
        _assertState(_won("ann", START), State.Placed);
        vm.prank(stranger);
        auctions.reclaim(auctionId, person("bob"));
        assertEq(_left("bob"), PURSE, "whole");
        vm.expectRevert(abi.encodeWithSelector(IAuctions.Auctions_WrongSeal.selector, person("bob")));
        auctions.reclaim(auctionId, person("bob"));
    }

    /// Nobody has to end the auction before: the time alone is enough.
    function test_ReclaimedWhileNobodyEndsIt() public {
        _seal("bob", 80e6, 100e6);
        vm.warp(begun + LATEST);
        auctions.reclaim(auctionId, person("bob"));
        assertEq(_left("bob"), PURSE, "whole");
        _finish();
        _assertStatus(AuctionStatus.Unsold);
    }

    function test_ABidAboveItsDepositIsNone() public {
        _seal("ann", 100e6, 100e6);
        _seal("bob", START - 1, 50e6);
        vm.warp(begun + LENGTH);
        _show("ann", 100e6);
        _show("bob", START - 1);
        assertEq(_left("ann"), PURSE, "back");
        _finish();
        _assertStatus(AuctionStatus.Unsold);
    }

    function test_MoneyBackWhenTheOrderCannotBePlaced() public {
        _seal("ann", 50e6, 100e6);
        vm.warp(begun + LENGTH);
        _show("ann", 50e6);
        vm.warp(begun + LATEST + GRACE);
        auctions.giveUp(auctionId);
        assertEq(_left("ann"), PURSE, "whole");
    }

    function test_RevertWhen_ShownTooEarlyOrTooLate() public {
        _seal("ann", 50e6, 100e6);
        bytes32 salt = _saltOf("ann");
        vm.warp(begun + LENGTH - 1);
        vm.expectRevert(abi.encodeWithSelector(IAuctions.Auctions_TooEarly.selector, begun + LENGTH));
        auctions.reveal(auctionId, person("ann"), 50e6, salt);
        vm.warp(begun + LATEST);
        vm.expectRevert(abi.encodeWithSelector(IAuctions.Auctions_TooLate.selector, begun + LATEST));
        auctions.reveal(auctionId, person("ann"), 50e6, salt);
    }

    function test_RevertWhen_AnotherBidIsShown() public {
        _seal("ann", 50e6, 100e6);
        vm.warp(begun + LENGTH);
        bytes memory wrong = abi.encodeWithSelector(IAuctions.Auctions_WrongSeal.selector, person("ann"));
        bytes32 salt = _saltOf("ann");
        vm.expectRevert(wrong);
        auctions.reveal(auctionId, person("ann"), 51e6, salt);
        vm.expectRevert(wrong);
        auctions.reveal(auctionId, person("ann"), 50e6, "other salt");
        _show("ann", 50e6);
        vm.expectRevert(wrong);
        auctions.reveal(auctionId, person("ann"), 50e6, salt);
        vm.expectRevert(abi.encodeWithSelector(IAuctions.Auctions_WrongSeal.selector, person("bob")));
        auctions.reveal(auctionId, person("bob"), 50e6, salt);
    }

    /// Somebody else's seal, copied, is a seal that nobody can open.
    function test_ACopiedSealOpensForNobody() public {
        _seal("ann", 50e6, 100e6);
        Bid memory offered = _bidOf("bob", 100e6);
        offered.commitment = keccak256(abi.encode(auctionId, person("ann"), uint128(50e6), _saltOf("ann")));
        auctions.bid(offered, _signed("bob", offered));
        vm.warp(begun + LENGTH);
        _show("ann", 50e6);
        bytes32 salt = _saltOf("ann");
        vm.expectRevert(abi.encodeWithSelector(IAuctions.Auctions_WrongSeal.selector, person("bob")));
        auctions.reveal(auctionId, person("bob"), 50e6, salt);
    }

    function test_RevertWhen_SealedTwiceOrOpenOrNotCovered() public {
        _seal("ann", 50e6, 100e6);
        Bid memory offered = _bidOf("ann", 200e6);
        offered.commitment = "again";
        bytes memory signature = _signed("ann", offered);
        vm.expectRevert(IAuctions.Auctions_WrongBid.selector);
        auctions.bid(offered, signature);
        _expectBid("bob", 50e6, abi.encodeWithSelector(IAuctions.Auctions_WrongBid.selector));
        offered = _bidOf("bob", PURSE + 1);
        offered.commitment = "seal";
        signature = _signed("bob", offered);
        vm.expectRevert(abi.encodeWithSelector(IAuctions.Auctions_NotCovered.selector, PURSE, PURSE + 1));
        auctions.bid(offered, signature);
        offered.amount = uint128(START + SHIPPING - 1);
        signature = _signed("bob", offered);
        vm.expectRevert(abi.encodeWithSelector(IAuctions.Auctions_TooLow.selector, START + SHIPPING));
        auctions.bid(offered, signature);
    }

    function test_RevertWhen_CancelledWithBids() public {
        _seal("ann", 50e6, 100e6);
        vm.expectRevert(abi.encodeWithSelector(IAuctions.Auctions_HasBids.selector, auctionId));
        vm.prank(seller);
        auctions.cancel(auctionId);
    }

    /// In whatever order they are shown, and whoever does not, the highest wins and pays the second highest.
    function testFuzz_SecondPrice(uint64[3] memory amounts, uint256 first, uint8 hidden) public {
        uint128[3] memory bids;
        for (uint256 i = 0; i < 3; ++i) {
            bids[i] = uint128(bound(amounts[i], START, PURSE - SHIPPING));
            _seal(names[i], bids[i], PURSE);
        }
        if (hidden % 4 < 3) bids[hidden % 4] = 0;
        vm.warp(begun + LENGTH);
        for (uint256 i = 0; i < 3; ++i) {
            uint256 one = (first % 3 + i) % 3;
            if (bids[one] != 0) _show(names[one], bids[one]);
        }
        vm.warp(begun + LATEST);
        (, address winner, uint128 price,,,) = auctions.auctionOf(auctionId);
        assertEq(price, _second(bids), "second price");
        _finish();
        if (hidden % 4 < 3) auctions.reclaim(auctionId, person(names[hidden % 4]));
        for (uint256 i = 0; i < 3; ++i) {
            assertEq(_left(names[i]), person(names[i]) == winner ? PURSE - price - SHIPPING : PURSE, names[i]);
        }
        _assertState(_won(_nameOf(winner), price), State.Placed);
    }

    /// @dev The start price, if there is none.
    function _second(uint128[3] memory bids) private pure returns (uint128 second) {
        uint128 highest;
        second = START;
        for (uint256 i = 0; i < 3; ++i) {
            (uint128 higher, uint128 lower) = bids[i] > highest ? (bids[i], highest) : (highest, bids[i]);
            (highest, second) = (higher, lower > second ? lower : second);
        }
    }

    function _nameOf(address account) private view returns (string memory) {
        for (uint256 i = 0; i < 2; ++i) if (person(names[i]) == account) return names[i];
        return names[2];
    }
}
