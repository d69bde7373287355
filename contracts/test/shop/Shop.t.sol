// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IShop} from "../../src/shop/IShop.sol";
import {MarketTest} from "../support/MarketTest.sol";

/// open, setProfile, setPayout, setStaff, transfer
contract ShopTest is MarketTest {
    function test_Open_GivesTheCallerTheNextId() public {
        vm.expectEmit(address(shop));
        emit IShop.ShopOpened(2, stranger, "a-1", affiliate, "profile");
        vm.prank(stranger);
        uint256 id = shop.open("a-1", affiliate, "profile");
        assertEq(id, 2, "id");
        assertEq(shop.ownerOf(id), stranger, "owner");
        assertEq(shop.payoutOf(id), affiliate, "payout");
        assertEq(shop.shopIdOf("a-1"), id, "slug");
        assertEq(shop.shopIdOf("free"), 0, "free slug");
        assertEq(shop.shopIdOf("a-slug-that-is-longer-than-thirty-two"), 0, "impossible slug");
        assertEq(shop.count(), 2, "count");
    }

    function test_Open_RevertWhen_SlugIsTaken() public {
        vm.expectRevert(abi.encodeWithSelector(IShop.Shop_SlugTaken.selector, "tea-house"));
        shop.open("tea-house", stranger, "{}");
    }

    function test_Open_RevertWhen_SlugIsMalformed() public {
        string[10] memory bad =
            ["", "ab", "-abc", "abc-", "Abc", "a_b", "a b", unicode"茶茶", "a.b", "a234567890123456789012345678901234"];
        for (uint256 i = 0; i < bad.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IShop.Shop_InvalidSlug.selector, bad[i]));
            shop.open(bad[i], stranger, "{}");
        }
    }

    function test_Open_AcceptsTheShortestAndTheLongestSlug() public {
        shop.open("0-9", stranger, "{}");
        shop.open("abcdefghijklmnopqrstuvwxyz012345", stranger, "{}");
        assertEq(shop.shopIdOf("abcdefghijklmnopqrstuvwxyz012345"), 3, "32 characters");
    }

    function test_Open_RevertWhen_ContentIsEmptyOrTooLong() public {
        vm.expectRevert(abi.encodeWithSelector(IShop.Shop_InvalidContent.selector, 0));
        shop.open("abc", stranger, "");
        vm.expectRevert(abi.encodeWithSelector(IShop.Shop_InvalidContent.selector, 8193));
        shop.open("abc", stranger, new bytes(8193));
        shop.open("abc", stranger, new bytes(8192));
    }

    function test_Open_RevertWhen_PayoutIsNobody() public {
        vm.expectRevert(IShop.Shop_InvalidPayout.selector);
        shop.open("abc", address(0), "{}");
    }

    function test_SetProfile_ByCatalogueStaff() public {
        vm.prank(seller);
        shop.setStaff(shopId, stranger, 1);
        vm.expectEmit(address(shop));
        emit IShop.ShopProfileChanged(shopId, "new");
        vm.prank(stranger);
        shop.setProfile(shopId, "new");
    }

    function test_SetProfile_RevertWhen_Unauthorized() public {
        vm.prank(seller);
        shop.setStaff(shopId, stranger, 2 | 4 | 8);
        vm.expectRevert(abi.encodeWithSelector(IShop.Shop_Unauthorized.selector, shopId, stranger, 1));
        vm.prank(stranger);
        shop.setProfile(shopId, "new");
    }

    function test_SetProfile_RevertWhen_Empty() public {
        vm.expectRevert(abi.encodeWithSelector(IShop.Shop_InvalidContent.selector, 0));
        vm.prank(seller);
        shop.setProfile(shopId, "");
    }

    function test_SetPayout_RevertWhen_NobodyOrNotTheOwner() public {
        vm.startPrank(seller);
        shop.setStaff(shopId, stranger, 255);
        vm.expectRevert(IShop.Shop_InvalidPayout.selector);
        shop.setPayout(shopId, address(0));
        vm.stopPrank();
        vm.expectRevert(abi.encodeWithSelector(IShop.Shop_Unauthorized.selector, shopId, stranger, 0));
        vm.prank(stranger);
        shop.setPayout(shopId, stranger);
    }

    function test_SetStaff_RevertWhen_NotTheOwner() public {
        vm.prank(seller);
        shop.setStaff(shopId, stranger, 255);
        vm.expectRevert(abi.encodeWithSelector(IShop.Shop_Unauthorized.selector, shopId, stranger, 0));
        vm.prank(stranger);
        shop.setStaff(shopId, buyer, 1);
    }

    function testFuzz_Can_NeedsEveryBit(uint8 granted, uint8 asked) public {
        vm.prank(seller);
        shop.setStaff(shopId, stranger, granted);
        bool expected = asked != 0 && granted & asked == asked;
        assertTrue(shop.can(shopId, stranger, asked) == expected, "staff");
        assertTrue(shop.can(shopId, seller, asked), "owner");
        assertTrue(!shop.can(shopId + 1, stranger, asked), "shop that does not exist");
        assertTrue(!shop.can(shopId + 1, address(0), asked), "nobody");
    }

    function test_Transfer_VoidsStaffAndResetsThePayout() public {
        vm.startPrank(seller);
        shop.setStaff(shopId, affiliate, 15);
        vm.expectEmit(address(shop));
        emit IShop.ShopPayoutChanged(shopId, stranger);
        shop.transferFrom(seller, stranger, shopId);
        vm.stopPrank();
        assertTrue(!shop.can(shopId, affiliate, 1), "old staff");
        assertTrue(!shop.can(shopId, seller, 1), "old owner");
        assertEq(shop.payoutOf(shopId), stranger, "payout");

        // Coming back does not revive the roles of the earlier time.
        vm.prank(stranger);
        shop.transferFrom(stranger, seller, shopId);
        assertTrue(!shop.can(shopId, affiliate, 1), "still void");
        vm.expectEmit(address(shop));
        emit IShop.ShopStaffChanged(shopId, affiliate, 1, 2);
        vm.prank(seller);
        shop.setStaff(shopId, affiliate, 1);
    }

    function test_Transfer_RevertWhen_NotTheOwner() public {
        vm.expectRevert(
            abi.encodeWithSelector(IERC721Errors.ERC721InsufficientApproval.selector, stranger, shopId)
        );
        vm.prank(stranger);
        shop.transferFrom(seller, stranger, shopId);
    }
}
