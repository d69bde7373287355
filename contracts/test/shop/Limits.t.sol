// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IShop} from "../../src/shop/IShop.sol";
import {ITreasury, TokenAmount} from "../../src/shop/ITreasury.sol";
import {TreasuryTest} from "./TreasuryTest.sol";

/// setLimits, authorizeWithdrawal: what money staff may take
contract LimitsTest is TreasuryTest {
    function test_SetLimits_ByTheOwner() public {
        vm.startPrank(seller);
        shop.setStaff(shopId, cashier, 8);
        vm.expectEmit(address(shop));
        emit ITreasury.ShopLimitsChanged(shopId, cashier, _amounts(LIMIT), 0);
        shop.setLimits(shopId, cashier, _amounts(LIMIT));
        vm.stopPrank();
        assertEq(shop.leftOf(shopId, cashier, address(token)), LIMIT, "left");
        assertEq(shop.leftOf(shopId, cashier, NATIVE), 0, "a currency that is not named");
        assertEq(shop.leftOf(shopId, seller, address(token)), type(uint256).max, "the owner has none");
        assertEq(shop.leftOf(shopId, stranger, address(token)), 0, "a stranger");
    }

    function test_SetLimits_RevertWhen_NotTheOwnerOrTooMany() public {
        _employ(cashier, 255, LIMIT);
        vm.expectRevert(abi.encodeWithSelector(IShop.Shop_Unauthorized.selector, shopId, cashier, 0));
        vm.prank(cashier);
        shop.setLimits(shopId, cashier, _amounts(LIMIT + 1));
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_TooMany.selector, 33));
        vm.prank(seller);
        shop.setLimits(shopId, cashier, new TokenAmount[](33));
    }

    function test_Withdraw_MoneyStaffUpToTheLimitEachDay() public {
        _employ(cashier, 8, LIMIT);
        vm.expectEmit(address(shop));
        emit ITreasury.ShopMoneyTaken(shopId, cashier, address(token), LIMIT - 1);
        _withdraw(cashier, LIMIT - 1);
        vm.expectRevert(_overLimit(cashier, 1, 2));
        _withdraw(cashier, 2);
        _withdraw(cashier, 1);
        vm.expectRevert(_overLimit(cashier, 0, 1));
        _withdraw(cashier, 1);
        vm.warp((block.timestamp / 1 days + 1) * 1 days - 1);
        vm.expectRevert(_overLimit(cashier, 0, 1));
        _withdraw(cashier, 1);
        vm.warp(block.timestamp + 1);
        _withdraw(cashier, LIMIT);
        assertEq(token.balanceOf(seller), 2 * LIMIT, "to the payout address");
    }

    function test_Withdraw_WithoutALimitNothing() public {
        vm.prank(seller);
        shop.setStaff(shopId, cashier, 8);
        vm.expectRevert(_overLimit(cashier, 0, 1));
        _withdraw(cashier, 1);
    }

    function test_Withdraw_ALoweredLimitCountsAtOnce() public {
        _employ(cashier, 8, LIMIT);
        _withdraw(cashier, LIMIT / 2);
        _employ(cashier, 8, LIMIT / 4);
        vm.expectRevert(_overLimit(cashier, 0, 1));
        _withdraw(cashier, 1);
    }

    function test_Withdraw_BeingAppointedAnewDoesNotStartTheDayAnew() public {
        _employ(cashier, 8, LIMIT);
        _withdraw(cashier, LIMIT);
        vm.startPrank(seller);
        shop.setStaff(shopId, cashier, 0);
        shop.setStaff(shopId, cashier, 8);
        vm.stopPrank();
        assertEq(shop.leftOf(shopId, cashier, address(token)), 0, "limits are void");
        _employ(cashier, 8, LIMIT + 3);
        assertEq(shop.leftOf(shopId, cashier, address(token)), 3, "the same day");
    }

    function test_Withdraw_LosingTheMoneyRoleVoidsTheLimit() public {
        _employ(cashier, 8 | 1, LIMIT);
        _employ(stranger, 8, LIMIT);
        vm.startPrank(seller);
        shop.setStaff(shopId, cashier, 1);
        shop.setStaff(shopId, cashier, 8 | 1);
        vm.stopPrank();
        vm.expectRevert(_overLimit(cashier, 0, 1));
        _withdraw(cashier, 1);
        _withdraw(stranger, LIMIT);
    }

    function test_Withdraw_RevertWhen_RemovedOrAfterATransfer() public {
        _employ(cashier, 8, LIMIT);
        vm.prank(seller);
        shop.setStaff(shopId, cashier, 0);
        bytes memory expected = abi.encodeWithSelector(ITreasury.Treasury_Unauthorized.selector, shopId, cashier);
        vm.expectRevert(expected);
        _withdraw(cashier, 1);

        _employ(cashier, 8, LIMIT);
        vm.prank(seller);
        shop.transferFrom(seller, stranger, shopId);
        vm.expectRevert(expected);
        _withdraw(cashier, 1);
        vm.prank(stranger);
        shop.setStaff(shopId, cashier, 8);
        assertEq(shop.leftOf(shopId, cashier, address(token)), 0, "limits of the former owner");
    }

    function test_Authorize_RevertWhen_NotTheOrderBook() public {
        bytes memory expected = abi.encodeWithSelector(ITreasury.Treasury_NotOrderBook.selector, seller);
        vm.expectRevert(expected);
        vm.prank(seller);
        shop.authorizeWithdrawal(shopId, seller, address(token), 1);
    }

    /// However a day's takings are cut up, they end at the limit.
    function testFuzz_Withdraw_NeverMoreThanTheLimitInADay(uint128 limit, uint64[16] calldata amounts) public {
        _employ(cashier, 8, limit);
        uint256 taken;
        for (uint256 i = 0; i < amounts.length; ++i) {
            vm.prank(cashier);
            try book.withdrawShop(shopId, address(token), amounts[i]) {
                taken += amounts[i];
            } catch {}
            assertTrue(taken <= limit, "within the limit");
            assertEq(shop.leftOf(shopId, cashier, address(token)), limit - taken, "left");
        }
    }
}
