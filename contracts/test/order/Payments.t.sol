// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IVault, Payee} from "../../src/order/IVault.sol";
import {TestReceiver} from "../mocks/Receivers.sol";
import {MarketTest} from "../support/MarketTest.sol";

/// transfer, transferEach, transferAndCall: the caller's own balance and nobody else's
contract PaymentsTest is MarketTest {
    TestReceiver private _receiver;

    function setUp() public override {
        super.setUp();
        _receiver = new TestReceiver();
    }

    function test_Transfer_MovesTheCallersBalance() public {
        vm.expectEmit(address(book));
        emit IVault.Transferred(buyer, address(token), 10, stranger);
        vm.prank(buyer);
        book.transfer(address(token), stranger, 10);
        assertEq(_balance(buyer), RICH - 10, "from");
        assertEq(_balance(stranger), 10, "to");
        assertEq(book.owed(address(token)), RICH, "owed as before");
    }

    function test_Transfer_ToOneselfChangesNothing() public {
        vm.prank(buyer);
        book.transfer(address(token), buyer, RICH);
        assertEq(_balance(buyer), RICH, "balance");
    }

    function test_Transfer_RevertWhen_BalanceIsShortOrNobodyReceives() public {
        vm.startPrank(buyer);
        vm.expectRevert(
            abi.encodeWithSelector(IVault.Vault_InsufficientBalance.selector, buyer, address(token), RICH, RICH + 1)
        );
        book.transfer(address(token), stranger, RICH + 1);
        vm.expectRevert(abi.encodeWithSelector(IVault.Vault_InvalidRecipient.selector, address(0)));
        book.transfer(address(token), address(0), 1);
        vm.stopPrank();
    }

    function testFuzz_Transfer_Conserves(uint256 amount) public {
        amount = bound(amount, 0, RICH);
        vm.prank(buyer);
        book.transfer(address(token), stranger, amount);
        assertEq(_balance(buyer) + _balance(stranger), RICH, "sum");
    }

    function _each(address first, uint128 a, address second, uint128 b) private pure returns (Payee[] memory payees) {
        payees = new Payee[](2);
        (payees[0], payees[1]) = (Payee(first, a), Payee(second, b));
    }

    function test_TransferEach_PaysAll() public {
        vm.expectEmit(address(book));
        emit IVault.Transferred(buyer, address(token), 7, stranger);
        vm.expectEmit(address(book));
        emit IVault.Transferred(buyer, address(token), 3, seller);
        vm.prank(buyer);
        book.transferEach(address(token), _each(stranger, 7, seller, 3));
        assertEq(_balance(buyer), RICH - 10, "from");
        assertEq(_balance(stranger), 7, "first");
        assertEq(_balance(seller), 3, "second");
        vm.prank(stranger);
        book.transferEach(address(token), new Payee[](0));
    }

    function test_TransferEach_RevertWhen_BalanceIsShortOrNobodyReceives() public {
        bytes memory short_ =
            abi.encodeWithSelector(IVault.Vault_InsufficientBalance.selector, buyer, address(token), RICH, RICH + 1);
        vm.startPrank(buyer);
        vm.expectRevert(short_);
        book.transferEach(address(token), _each(stranger, uint128(RICH), seller, 1));
        // Nor does what one gets back at once count as there.
        vm.expectRevert(short_);
        book.transferEach(address(token), _each(buyer, uint128(RICH), buyer, 1));
        vm.expectRevert(abi.encodeWithSelector(IVault.Vault_InvalidRecipient.selector, address(0)));
        book.transferEach(address(token), _each(stranger, 1, address(0), 1));
        vm.stopPrank();
    }

    function testFuzz_TransferEach_Conserves(uint128[5] calldata amounts) public {
        address[3] memory people = [buyer, stranger, seller];
        Payee[] memory payees = new Payee[](5);
        for (uint256 i = 0; i < 5; ++i) payees[i] = Payee(people[i % 3], uint128(bound(amounts[i], 0, RICH / 5)));
        vm.prank(buyer);
        book.transferEach(address(token), payees);
        assertEq(_balance(stranger), uint256(payees[1].amount) + payees[4].amount, "stranger");
        assertEq(_balance(seller), payees[2].amount, "seller");
        assertEq(_balance(buyer) + _balance(stranger) + _balance(seller), RICH, "sum");
    }

    function test_TransferAndCall_TellsTheReceiverAfterItIsPaid() public {
        vm.expectEmit(address(book));
        emit IVault.Transferred(buyer, address(token), 10, address(_receiver));
        vm.prank(buyer);
        book.transferAndCall(address(token), address(_receiver), 10, "for what");
        assertEq(_receiver.from(), buyer, "from");
        assertEq(_receiver.token(), address(token), "token");
        assertEq(_receiver.amount(), 10, "amount");
        assertEq(keccak256(_receiver.data()), keccak256("for what"), "data");
        assertEq(_receiver.balanceThen(), 10, "paid before it was told");
    }

    function test_TransferAndCall_RevertWhen_TheAnswerIsWrong() public {
        _receiver.answerWith(0xffffffff);
        vm.expectRevert(abi.encodeWithSelector(IVault.Vault_PaymentRejected.selector, address(_receiver)));
        vm.prank(buyer);
        book.transferAndCall(address(token), address(_receiver), 10, "");
        assertEq(_balance(buyer), RICH, "undone");
    }

    function test_TransferAndCall_RevertWhen_NobodyIsThereToAnswer() public {
        vm.expectRevert(abi.encodeWithSelector(IVault.Vault_PaymentRejected.selector, stranger));
        vm.prank(buyer);
        book.transferAndCall(address(token), stranger, 10, "");
        vm.expectRevert();
        vm.prank(buyer);
        book.transferAndCall(address(token), address(book), 10, "");
    }

    /// The guard is open by then, and everything is settled: what is spent on the way is the receiver's own.
    function test_TransferAndCall_TheReceiverMayPassItOn() public {
        _receiver.reenter(abi.encodeCall(IVault.withdraw, (address(token), 10, stranger)));
        vm.prank(buyer);
        book.transferAndCall(address(token), address(_receiver), 10, "");
        assertEq(token.balanceOf(stranger), 10, "passed on");
        assertEq(_balance(address(_receiver)), 0, "nothing left");
        assertEq(book.owed(address(token)), RICH - 10, "owed");
    }

    function test_TransferAndCall_TheReceiverCannotSpendMoreThanItWasPaid() public {
        _receiver.reenter(abi.encodeCall(IVault.withdraw, (address(token), 11, stranger)));
        vm.expectRevert(
            abi.encodeWithSelector(
                IVault.Vault_InsufficientBalance.selector, address(_receiver), address(token), 10, 11
            )
        );
        vm.prank(buyer);
        book.transferAndCall(address(token), address(_receiver), 10, "");
    }

    function test_AShopsMoneyIsNobodysOwnBalance() public {
        _stake(SHOP_ACCOUNT, 10);
        vm.startPrank(seller);
        vm.expectRevert(
            abi.encodeWithSelector(IVault.Vault_InsufficientBalance.selector, seller, address(token), 0, 10)
        );
        book.transfer(address(token), seller, 10);
        vm.expectRevert(
            abi.encodeWithSelector(IVault.Vault_InsufficientBalance.selector, seller, address(token), 0, 10)
        );
        book.transferAndCall(address(token), address(_receiver), 10, "");
        vm.stopPrank();
    }
}
