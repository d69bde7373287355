// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {TokenAmount} from "../../src/shop/ITreasury.sol";
import {MarketTest} from "../support/MarketTest.sol";
import {TreasuryHandler} from "./TreasuryHandler.sol";

/// What holds of a guarded shop's money after any sequence of steps, with the owner's key in a thief's hands.
contract TreasuryInvariants is MarketTest {
    TreasuryHandler private _handler;

    function setUp() public override {
        super.setUp();
        _handler = new TreasuryHandler(book, shop, token);
        token.setMinter(address(_handler), true);
        TokenAmount[] memory amounts = new TokenAmount[](1);
        vm.startPrank(seller);
        for (uint256 i = 0; i < 2; ++i) {
            shop.setStaff(shopId, _handler.staff(i), 8);
            amounts[0] = TokenAmount(address(token), _handler.LIMIT());
            shop.setLimits(shopId, _handler.staff(i), amounts);
        }
        amounts[0].amount = _handler.CAP();
        shop.setGuard(shopId, _handler.cold(), amounts);
        vm.stopPrank();
        _handler.pass(1);
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_handler);
    }

    /// No sequence of steps by staff takes more than their limit in a day.
    function invariant_StaffTakeAtMostTheirLimitADay() public view {
        for (uint256 i = 0; i < 2; ++i) {
            assertTrue(_handler.taken(_handler.staff(i)) <= _handler.LIMIT(), "limit");
        }
    }

    /// With a guardian who looks in every two days, nothing ever loosens the guard.
    function invariant_GuardIsNeverBypassed() public view {
        (address cold,) = shop.guardOf(shopId);
        assertEq(_handler.shortcuts(), 0, "shortcuts");
        assertEq(_handler.applied(), 0, "applied");
        assertEq(cold, _handler.cold(), "cold");
        assertEq(shop.ownerOf(shopId), seller, "owner");
        assertEq(token.balanceOf(_handler.thief()) + token.balanceOf(seller), 0, "thief");
    }

    /// What the shop earned is in the till or in the cold.
    function invariant_MoneyIsHotOrCold() public view {
        uint256 hot = book.balanceOf(SHOP_ACCOUNT, address(token));
        assertEq(hot + token.balanceOf(_handler.cold()), _handler.earned(), "earned");
    }
}
