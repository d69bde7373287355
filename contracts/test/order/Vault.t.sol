// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IVault} from "../../src/order/IVault.sol";
import {ERC3009} from "@openzeppelin/contracts/token/ERC20/extensions/draft-ERC3009.sol";
import {Order} from "../../src/order/IOrderBook.sol";
import {ITreasury, TokenAmount} from "../../src/shop/ITreasury.sol";
import {MarketTest} from "../support/MarketTest.sol";

/// deposit, depositWithAuthorization, withdraw, withdrawShop
contract VaultTest is MarketTest {
    function test_Deposit_CreditsAnyAccountFromTheCallersAllowance() public {
        token.mint(stranger, 10);
        vm.prank(stranger);
        token.approve(address(book), 10);
        vm.expectEmit(address(book));
        emit IVault.Deposited(affiliate, address(token), 10);
        vm.prank(stranger);
        book.deposit(affiliate, address(token), 10);
        assertEq(_balance(affiliate), 10, "credited");
        assertEq(book.owed(address(token)), RICH + 10, "owed");
    }

    function test_Deposit_TakesCoin() public {
        vm.prank(stranger);
        book.deposit{value: 5}(stranger, NATIVE, 5);
        assertEq(book.balanceOf(stranger, NATIVE), 5, "credited");
    }

    function test_Deposit_RevertWhen_AmountIsNotTheCoinSent() public {
        vm.expectRevert(abi.encodeWithSelector(IVault.Vault_WrongAmountReceived.selector, NATIVE, 4, 5));
        vm.prank(stranger);
        book.deposit{value: 4}(stranger, NATIVE, 5);
    }

    function test_Deposit_RevertWhen_CoinComesWithAToken() public {
        vm.expectRevert(abi.encodeWithSelector(IVault.Vault_UnexpectedNative.selector, 1));
        vm.prank(buyer);
        book.deposit{value: 1}(buyer, address(token), 0);
    }

    function test_Deposit_RevertWhen_ForNobody() public {
        vm.expectRevert(abi.encodeWithSelector(IVault.Vault_InvalidRecipient.selector, address(0)));
        book.deposit(address(0), address(token), 0);
    }

    function test_Deposit_RevertWhen_TokenIsNoContract() public {
        vm.expectRevert();
        book.deposit(buyer, address(0xdead), 1);
    }

    function test_RevertWhen_CoinIsSentWithoutACall() public {
        vm.prank(buyer);
        (bool ok,) = address(book).call{value: 1}("");
        assertTrue(!ok, "no receive");
    }

    function test_DepositWithAuthorization_CreditsTheSigner() public {
        token.mint(stranger, 10);
        uint256 until = block.timestamp + 1 hours;
        bytes memory signature = _authorize(key("stranger"), 10, bytes32(uint256(7)), until);
        vm.prank(seller);
        book.depositWithAuthorization(stranger, address(token), 10, 0, until, bytes32(uint256(7)), signature);
        assertEq(_balance(stranger), 10, "credited");

        bytes memory again =
            abi.encodeWithSelector(ERC3009.ERC3009UsedAuthorization.selector, stranger, bytes32(uint256(7)));
        vm.expectRevert(again);
        book.depositWithAuthorization(stranger, address(token), 10, 0, until, bytes32(uint256(7)), signature);
    }

    function test_DepositWithAuthorization_RevertWhen_Forged() public {
        uint256 until = block.timestamp + 1 hours;
        bytes memory signature = _authorize(key("stranger"), 10, 0, until);
        vm.expectRevert(ERC3009.ERC3009InvalidSignature.selector);
        book.depositWithAuthorization(buyer, address(token), 10, 0, until, 0, signature);
    }

    function test_Withdraw_PaysTheCallersBalance() public {
        vm.expectEmit(address(book));
        emit IVault.Withdrawn(buyer, address(token), 10, stranger);
        vm.prank(buyer);
        book.withdraw(address(token), 10, stranger);
        assertEq(token.balanceOf(stranger), 10, "paid");
        assertEq(_balance(buyer), RICH - 10, "debited");
        assertEq(book.owed(address(token)), RICH - 10, "owed");
    }

    function test_Withdraw_PaysCoin() public {
        vm.prank(buyer);
        book.deposit{value: 5}(stranger, NATIVE, 5);
        address to = person("empty");
        vm.prank(stranger);
        book.withdraw(NATIVE, 5, to);
        assertEq(to.balance, 5, "paid");
    }

    function test_Withdraw_RevertWhen_BalanceIsShort() public {
        vm.expectRevert(
            abi.encodeWithSelector(
                IVault.Vault_InsufficientBalance.selector, buyer, address(token), RICH, RICH + 1
            )
        );
        vm.prank(buyer);
        book.withdraw(address(token), RICH + 1, buyer);
    }

    function test_Withdraw_RevertWhen_MoneyIsInEscrow() public {
        _placed();
        vm.expectRevert();
        vm.prank(buyer);
        book.withdraw(address(token), RICH, buyer);
    }

    function test_Withdraw_RevertWhen_ToNobodyOrTheVault() public {
        vm.startPrank(buyer);
        vm.expectRevert(abi.encodeWithSelector(IVault.Vault_InvalidRecipient.selector, address(0)));
        book.withdraw(address(token), 1, address(0));
        vm.expectRevert(abi.encodeWithSelector(IVault.Vault_InvalidRecipient.selector, address(book)));
        book.withdraw(address(token), 1, address(book));
        vm.stopPrank();
    }

    function test_Withdraw_RevertWhen_RecipientRefusesCoin() public {
        vm.prank(buyer);
        book.deposit{value: 5}(buyer, NATIVE, 5);
        vm.expectRevert(abi.encodeWithSelector(IVault.Vault_NativeTransferFailed.selector, address(catalog)));
        vm.prank(buyer);
        book.withdraw(NATIVE, 5, address(catalog));
    }

    function test_WithdrawShop_PaysThePayoutAddress() public {
        _sold();
        address payout = person("payout");
        vm.startPrank(seller);
        shop.setPayout(shopId, payout);
        shop.setStaff(shopId, stranger, 8);
        TokenAmount[] memory limits = new TokenAmount[](1);
        limits[0] = TokenAmount(address(token), uint128(TOTAL));
        shop.setLimits(shopId, stranger, limits);
        vm.stopPrank();
        vm.prank(stranger);
        book.withdrawShop(shopId, address(token), TOTAL);
        assertEq(token.balanceOf(payout), TOTAL, "to the payout address, whoever calls");
    }

    function test_WithdrawShop_FollowsTheShopWhenItIsSold() public {
        _sold();
        vm.prank(seller);
        shop.transferFrom(seller, stranger, shopId);
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_Unauthorized.selector, shopId, seller));
        vm.prank(seller);
        book.withdrawShop(shopId, address(token), TOTAL);
        vm.prank(stranger);
        book.withdrawShop(shopId, address(token), TOTAL);
        assertEq(token.balanceOf(stranger), TOTAL, "to the new owner");
    }

    function test_WithdrawShop_RevertWhen_RoleIsNotMoney() public {
        _sold();
        vm.prank(seller);
        shop.setStaff(shopId, stranger, 1 | 2 | 4);
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_Unauthorized.selector, shopId, stranger));
        vm.prank(stranger);
        book.withdrawShop(shopId, address(token), TOTAL);
    }

    function test_WithdrawShop_RevertWhen_ShopIsUnknown() public {
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_Unauthorized.selector, uint160(buyer), seller));
        vm.prank(seller);
        book.withdrawShop(uint256(uint160(buyer)), address(token), 1);
    }

    /// A shop id beyond 160 bits would alias a person's account if such a shop could exist.
    function testFuzz_WithdrawShop_RevertWhen_IdAliasesAnAccount(uint96 high) public {
        uint256 alias_ = uint256(high) << 160 | uint160(buyer);
        vm.expectRevert();
        vm.prank(buyer);
        book.withdrawShop(alias_, address(token), 1);
    }

    function _sold() private {
        Order memory order = _placed();
        vm.prank(buyer);
        book.confirm(order);
    }
}
