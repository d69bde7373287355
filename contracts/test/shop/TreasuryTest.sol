// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITreasury, TokenAmount} from "../../src/shop/ITreasury.sol";
import {MarketTest} from "../support/MarketTest.sol";

/// @notice A market whose shop has earned money, with words for its treasury.
abstract contract TreasuryTest is MarketTest {
    uint128 internal constant CAP = 100e6;
    uint128 internal constant LIMIT = 40e6;
    uint256 internal constant TILL = 500e6;

    address internal immutable cold = person("cold");
    address internal immutable thief = person("thief");
    address internal immutable cashier = person("cashier");

    function setUp() public virtual override {
        super.setUp();
        _stake(SHOP_ACCOUNT, TILL);
    }

    function _amounts(uint128 amount) internal view returns (TokenAmount[] memory amounts) {
        amounts = new TokenAmount[](1);
        amounts[0] = TokenAmount(address(token), amount);
    }

    function _none() internal pure returns (TokenAmount[] memory) {
        return new TokenAmount[](0);
    }

    function _guard() internal {
        vm.prank(seller);
        shop.setGuard(shopId, cold, _amounts(CAP));
    }

    /// @dev As whoever holds the owner's key.
    function _propose(address to, TokenAmount[] memory caps) internal {
        vm.prank(seller);
        shop.setGuard(shopId, to, caps);
    }

    function _employ(address staff, uint8 roles, uint128 limit) internal {
        vm.startPrank(seller);
        shop.setStaff(shopId, staff, roles);
        shop.setLimits(shopId, staff, _amounts(limit));
        vm.stopPrank();
    }

    function _withdraw(address actor, uint256 amount) internal {
        vm.prank(actor);
        book.withdrawShop(shopId, address(token), amount);
    }

    function _assertGuard(address expected, uint256 expectedReadyAt) internal view {
        (address present, uint40 readyAt) = shop.guardOf(shopId);
        assertEq(present, expected, "cold");
        assertEq(readyAt, expectedReadyAt, "ready at");
    }

    function _overLimit(address actor, uint256 left, uint256 wanted) internal view returns (bytes memory) {
        return abi.encodeWithSelector(ITreasury.Treasury_OverLimit.selector, shopId, actor, left, wanted);
    }

    function _guarded() internal view returns (bytes memory) {
        return abi.encodeWithSelector(ITreasury.Treasury_Guarded.selector, shopId);
    }
}
