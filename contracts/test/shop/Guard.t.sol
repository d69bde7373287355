// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IShop} from "../../src/shop/IShop.sol";
import {ITreasury, TokenAmount} from "../../src/shop/ITreasury.sol";
import {TreasuryTest} from "./TreasuryTest.sol";

/// setGuard, applyGuard, vetoGuard, lowerCap, sweep; and what a guarded shop refuses
contract GuardTest is TreasuryTest {
    function test_SetGuard_IsImmediateTheFirstTime() public {
        vm.expectEmit(address(shop));
        emit ITreasury.ShopGuarded(shopId, cold, _amounts(CAP));
        _guard();
        assertEq(shop.capOf(shopId, address(token)), CAP, "cap");
        assertEq(shop.capOf(shopId, NATIVE), 0, "a currency that is not named has cap 0");
    }

    function test_SetGuard_RevertWhen_NotTheOwner() public {
        _employ(cashier, 255, LIMIT);
        vm.expectRevert(abi.encodeWithSelector(IShop.Shop_Unauthorized.selector, shopId, cashier, 0));
        vm.prank(cashier);
        shop.setGuard(shopId, cold, _none());
    }

    function test_SetGuard_RevertWhen_TheColdAddressProtectsNothing() public {
        address[3] memory bad = [address(0), seller, address(book)];
        for (uint256 i = 0; i < bad.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_InvalidCold.selector, bad[i]));
            vm.prank(seller);
            shop.setGuard(shopId, bad[i], _none());
        }
    }

    function test_SetGuard_RevertWhen_TooManyCaps() public {
        vm.prank(seller);
        shop.setGuard(shopId, cold, new TokenAmount[](32));
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_TooMany.selector, 33));
        vm.prank(seller);
        shop.setGuard(shopId, thief, new TokenAmount[](33));
    }

    function test_SetGuard_OnlyProposesWhenGuarded() public {
        _guard();
        uint256 readyAt = block.timestamp + 48 hours;
        vm.expectEmit(address(shop));
        emit ITreasury.ShopGuardProposed(shopId, thief, _amounts(1), uint40(readyAt));
        _propose(thief, _amounts(1));
        _assertGuard(cold, readyAt);
        assertEq(shop.capOf(shopId, address(token)), CAP, "cap in force");

        bytes memory early = abi.encodeWithSelector(ITreasury.Treasury_TooEarly.selector, shopId, readyAt);
        vm.warp(readyAt - 1);
        vm.expectRevert(early);
        shop.applyGuard(shopId, thief, _amounts(1));
        vm.warp(readyAt);
        vm.expectEmit(address(shop));
        emit ITreasury.ShopGuarded(shopId, thief, _amounts(1));
        vm.prank(stranger);
        shop.applyGuard(shopId, thief, _amounts(1));
        _assertGuard(thief, 0);
        assertEq(shop.capOf(shopId, address(token)), 1, "new cap");
    }

    function test_ApplyGuard_RevertWhen_NothingOrSomethingElseIsProposed() public {
        bytes memory expected = abi.encodeWithSelector(ITreasury.Treasury_NotProposed.selector, shopId);
        vm.expectRevert(expected);
        shop.applyGuard(shopId, address(0), _none());
        _guard();
        _propose(thief, _none());
        vm.warp(block.timestamp + 48 hours);
        vm.expectRevert(expected);
        shop.applyGuard(shopId, stranger, _none());
        vm.expectRevert(expected);
        shop.applyGuard(shopId, thief, _amounts(1));
        shop.applyGuard(shopId, thief, _none());
        vm.expectRevert(expected);
        shop.applyGuard(shopId, thief, _none());
    }

    function test_SetGuard_ANewProposalStartsTheClockAnew() public {
        _guard();
        _propose(thief, _none());
        vm.warp(block.timestamp + 47 hours);
        _propose(stranger, _none());
        _assertGuard(cold, block.timestamp + 48 hours);
        vm.warp(block.timestamp + 2 hours);
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_NotProposed.selector, shopId));
        shop.applyGuard(shopId, thief, _none());
    }

    function test_VetoGuard_ByOwnerMoneyStaffAndColdAddress() public {
        _guard();
        _employ(cashier, 8, 0);
        address[3] memory guardians = [seller, cashier, cold];
        for (uint256 i = 0; i < guardians.length; ++i) {
            _propose(thief, _none());
            // Also after it has become ripe, as long as nobody has applied it.
            vm.warp(block.timestamp + i * 48 hours);
            vm.expectEmit(address(shop));
            emit ITreasury.ShopGuardVetoed(shopId, guardians[i]);
            vm.prank(guardians[i]);
            shop.vetoGuard(shopId);
            _assertGuard(cold, 0);
            vm.warp(block.timestamp + 48 hours);
            vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_NotProposed.selector, shopId));
            shop.applyGuard(shopId, thief, _none());
        }
    }

    function test_VetoGuard_RevertWhen_NobodyProposedOrNotEntitled() public {
        _guard();
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_NotProposed.selector, shopId));
        vm.prank(cold);
        shop.vetoGuard(shopId);
        _propose(thief, _none());
        _employ(cashier, 1 | 2 | 4, 0);
        address[2] memory others = [cashier, thief];
        for (uint256 i = 0; i < others.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IShop.Shop_Unauthorized.selector, shopId, others[i], 8));
            vm.prank(others[i]);
            shop.vetoGuard(shopId);
        }
    }

    function test_LowerCap_IsImmediateAndOnlyGoesDown() public {
        _guard();
        vm.expectEmit(address(shop));
        emit ITreasury.ShopCapLowered(shopId, address(token), 1);
        vm.prank(seller);
        shop.lowerCap(shopId, address(token), 1);
        assertEq(shop.capOf(shopId, address(token)), 1, "lower");
        uint128[2] memory notLower = [uint128(1), CAP];
        for (uint256 i = 0; i < notLower.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_NotLower.selector, 1, notLower[i]));
            vm.prank(seller);
            shop.lowerCap(shopId, address(token), notLower[i]);
        }
        vm.expectRevert(abi.encodeWithSelector(IShop.Shop_Unauthorized.selector, shopId, stranger, 0));
        vm.prank(stranger);
        shop.lowerCap(shopId, address(token), 0);
    }

    function testFuzz_Sweep_MovesWhatIsAboveTheCapAndNothingTwice(uint128 cap) public {
        vm.prank(seller);
        shop.setGuard(shopId, cold, _amounts(cap));
        uint256 excess = cap < TILL ? TILL - cap : 0;
        vm.prank(stranger);
        assertEq(book.sweep(shopId, address(token)), excess, "swept");
        assertEq(token.balanceOf(cold), excess, "in the cold");
        assertEq(_balance(SHOP_ACCOUNT), TILL - excess, "stays hot");
        assertEq(book.sweep(shopId, address(token)), 0, "nothing twice");
    }

    function test_Sweep_PaysNativeCoin() public {
        _guard();
        vm.prank(stranger);
        book.deposit{value: 3 ether}(SHOP_ACCOUNT, NATIVE, 3 ether);
        assertEq(book.sweep(shopId, NATIVE), 3 ether, "swept");
        assertEq(cold.balance, 3 ether, "in the cold");
    }

    function test_Sweep_DoesNothingWithoutAGuardOrAShop() public {
        assertEq(book.sweep(shopId, address(token)), 0, "unguarded");
        uint256 before = _balance(buyer);
        assertEq(book.sweep(uint160(buyer), address(token)), 0, "a person's account");
        assertEq(_balance(buyer), before, "untouched");
    }

    function test_Withdraw_GoesToTheColdAddressWhoeverAsks() public {
        _guard();
        _employ(cashier, 8, LIMIT);
        _withdraw(seller, 5e6);
        _withdraw(cashier, LIMIT);
        assertEq(token.balanceOf(cold), 5e6 + LIMIT, "in the cold");
        assertEq(token.balanceOf(seller), 0, "not to the payout address");
    }

    function test_Guarded_RefusesEveryWayAround() public {
        vm.prank(seller);
        shop.approve(thief, shopId);
        vm.prank(seller);
        shop.setApprovalForAll(stranger, true);
        _guard();
        assertEq(shop.getApproved(shopId), address(0), "approvals of before are forgotten");

        vm.startPrank(seller);
        vm.expectRevert(_guarded());
        shop.setPayout(shopId, thief);
        vm.expectRevert(_guarded());
        shop.approve(thief, shopId);
        vm.expectRevert(_guarded());
        shop.transferFrom(seller, thief, shopId);
        vm.expectRevert(_guarded());
        shop.safeTransferFrom(seller, thief, shopId);
        shop.approve(address(0), shopId);
        vm.stopPrank();
        vm.startPrank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InsufficientApproval.selector, stranger, shopId));
        shop.transferFrom(seller, stranger, shopId);
        vm.expectRevert(_guarded());
        shop.approve(stranger, shopId);
        vm.stopPrank();
    }

    /// An approval for all shops, given by a stolen key, must not wait for the day on which the guard is lifted.
    function test_Guarded_OperatorsNeverMoveAShopThatWasGuarded() public {
        _guard();
        vm.prank(seller);
        shop.setApprovalForAll(thief, true);
        _propose(address(0), _none());
        vm.warp(block.timestamp + 48 hours);
        shop.applyGuard(shopId, address(0), _none());
        _assertGuard(address(0), 0);
        vm.startPrank(thief);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InsufficientApproval.selector, thief, shopId));
        shop.transferFrom(seller, thief, shopId);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InvalidApprover.selector, thief));
        shop.approve(thief, shopId);
        vm.stopPrank();

        vm.prank(seller);
        shop.approve(stranger, shopId);
        vm.prank(stranger);
        shop.transferFrom(seller, stranger, shopId);
        assertEq(shop.ownerOf(shopId), stranger, "the owner's own approval counts");
        assertEq(shop.payoutOf(shopId), stranger, "payout");
    }

    function test_Unguarded_OperatorsMoveAShopAsElsewhere() public {
        vm.prank(seller);
        shop.setApprovalForAll(stranger, true);
        vm.startPrank(stranger);
        shop.approve(affiliate, shopId);
        assertEq(shop.getApproved(shopId), affiliate, "approved");
        shop.transferFrom(seller, stranger, shopId);
        assertEq(shop.ownerOf(shopId), stranger, "moved");
    }

    /// Whoever holds the owner's key alone: nothing reaches them in 48 hours, whatever they try in which order.
    function testFuzz_Guarded_AStolenKeyTakesNothingIn48Hours(uint8[12] calldata moves, uint16[12] calldata waits) public {
        _guard();
        uint256 start = block.timestamp;
        for (uint256 i = 0; i < moves.length; ++i) {
            vm.prank(seller);
            (bool done,) = address(shop).call(_attempt(moves[i]));
            vm.prank(thief);
            (bool moved,) = address(shop).call(abi.encodeCall(shop.transferFrom, (seller, thief, shopId)));
            assertTrue(!moved || !done, "not moved");
            vm.prank(seller);
            try book.withdrawShop(shopId, address(token), 1e6) {} catch {}
            uint256 later = block.timestamp + waits[i] % 4 hours;
            if (later < start + 48 hours) vm.warp(later);
            (bool applied,) = address(shop).call(abi.encodeCall(shop.applyGuard, (shopId, thief, _none())));
            assertTrue(!applied, "not applied");
        }
        book.sweep(shopId, address(token));
        (address present,) = shop.guardOf(shopId);
        assertEq(present, cold, "cold");
        assertEq(shop.ownerOf(shopId), seller, "owner");
        assertEq(token.balanceOf(thief), 0, "thief");
        assertEq(token.balanceOf(cold) + _balance(SHOP_ACCOUNT), TILL, "all of it is in the cold or in the till");
    }

    function _attempt(uint8 move) private view returns (bytes memory) {
        bytes[8] memory attempts = [
            abi.encodeCall(ITreasury.setGuard, (shopId, thief, _none())),
            abi.encodeCall(ITreasury.setGuard, (shopId, address(0), _none())),
            abi.encodeCall(ITreasury.vetoGuard, (shopId)),
            abi.encodeCall(IShop.setPayout, (shopId, thief)),
            abi.encodeCall(IShop.setStaff, (shopId, thief, 255)),
            abi.encodeCall(shop.approve, (thief, shopId)),
            abi.encodeCall(shop.setApprovalForAll, (thief, true)),
            abi.encodeCall(shop.transferFrom, (seller, thief, shopId))
        ];
        return attempts[move % attempts.length];
    }
}
