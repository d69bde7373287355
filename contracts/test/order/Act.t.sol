// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Side} from "../../src/order/IArbitration.sol";
import {Action, IOrderBook, Order, Remedy, SignedAction, State} from "../../src/order/IOrderBook.sol";
import {ApprovingWallet} from "../mocks/Wallets.sol";
import {MarketTest} from "../support/MarketTest.sol";

/// act
/// ├── carries out every action signed by its actor, several in one call
/// ├── accepts contracts' signatures
/// └── reverts when expired, forged, altered, of another order, or replayed; all or nothing
contract ActTest is MarketTest {
    function test_CarriesOutAWholeLifeInOneCall() public {
        Order memory order = _placed();
        SignedAction[] memory all = new SignedAction[](3);
        all[0] = _signAction(key("seller"), order, Action.Ship, "note");
        all[1] = _signActionAt(key("buyer"), order, Action.Dispute, "broken", 1);
        all[2] = _signActionAt(key("seller"), order, Action.Refund, 0, 2);
        vm.expectEmit(address(book));
        emit IOrderBook.OrderAdvanced(_idOf(order), seller, State.Shipped, uint40(block.timestamp + 7 days), Remedy.Refund, 0, false, Side.Buyer, "note");
        vm.expectEmit(address(book));
        emit IOrderBook.OrderAdvanced(_idOf(order), buyer, State.Disputed, uint40(block.timestamp + 30 days), Remedy.Refund, 0, false, Side.Buyer, "broken");
        vm.prank(stranger);
        book.act(all);
        _assertState(order, State.Refunded);
        assertEq(_balance(buyer), RICH, "refunded");
    }

    function test_CancelsAndConfirms() public {
        (Order memory a, Order memory b) = (_placed(), _placed());
        SignedAction[] memory all = new SignedAction[](2);
        all[0] = _signAction(key("buyer"), a, Action.Cancel, 0);
        all[1] = _signAction(key("buyer"), b, Action.Confirm, 0);
        book.act(all);
        _assertState(a, State.Refunded);
        _assertState(b, State.Completed);
    }

    function test_AcceptsAContractsSignature() public {
        ApprovingWallet wallet = new ApprovingWallet();
        _stake(address(wallet), TOTAL);
        Order memory order = _order();
        order.buyer = address(wallet);
        _place(order);
        SignedAction memory signed = _signAction(key("stranger"), order, Action.Confirm, 0);
        signed.actor = address(wallet);
        _expectInvalid(signed);

        bytes32 structHash = keccak256(
            abi.encode(
                ACTION_TYPEHASH, _idOf(order), Action.Confirm, uint16(0), bytes32(0), signed.step, signed.validBefore
            )
        );
        wallet.approve(keccak256(abi.encodePacked(hex"1901", _domainSeparator(address(book)), structHash)));
        book.act(_one(signed));
        _assertState(order, State.Completed);
    }

    function test_RevertWhen_Expired() public {
        SignedAction memory signed = _signAction(key("buyer"), _placed(), Action.Confirm, 0);
        vm.warp(signed.validBefore + 1);
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_Expired.selector, signed.validBefore));
        book.act(_one(signed));
    }

    function test_RevertWhen_ActorDidNotSign() public {
        SignedAction memory signed = _signAction(key("stranger"), _placed(), Action.Confirm, 0);
        signed.actor = buyer;
        _expectInvalid(signed);
    }

    function test_RevertWhen_ActorIsNobody() public {
        SignedAction memory signed = _signAction(key("stranger"), _placed(), Action.Confirm, 0);
        signed.actor = address(0);
        signed.signature = new bytes(65);
        _expectInvalid(signed);
    }

    function test_RevertWhen_SignerIsNoParty() public {
        Order memory order = _placed();
        SignedAction memory signed = _signAction(key("stranger"), order, Action.Confirm, 0);
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_NotBuyer.selector, _idOf(order), stranger));
        book.act(_one(signed));
    }

    function test_RevertWhen_AnotherActionWasSigned() public {
        SignedAction memory signed = _signAction(key("buyer"), _placed(), Action.Cancel, 0);
        signed.action = Action.Confirm;
        _expectInvalid(signed);
    }

    function test_RevertWhen_TheNoteWasAltered() public {
        SignedAction memory signed = _signAction(key("seller"), _placed(), Action.Ship, "note");
        signed.data = "other";
        _expectInvalid(signed);
    }

    function test_RevertWhen_TheDeadlineWasAltered() public {
        SignedAction memory signed = _signAction(key("buyer"), _placed(), Action.Confirm, 0);
        signed.validBefore += 1;
        _expectInvalid(signed);
    }

    function test_RevertWhen_SignedForAnotherOrder() public {
        SignedAction memory signed = _signAction(key("buyer"), _placed(), Action.Confirm, 0);
        signed.order = _placed();
        _expectInvalid(signed);
    }

    function test_RevertWhen_SignedOnAnotherChain() public {
        Order memory order = _placed();
        vm.chainId(1);
        SignedAction memory signed = _signAction(key("buyer"), order, Action.Confirm, 0);
        vm.chainId(31337);
        _expectInvalid(signed);
    }

    function test_RevertWhen_Replayed() public {
        Order memory order = _placed();
        SignedAction[] memory twice = new SignedAction[](2);
        twice[0] = twice[1] = _signAction(key("seller"), order, Action.Ship, 0);
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_WrongStep.selector, _idOf(order), 1));
        book.act(twice);
        _assertState(order, State.Placed);
    }

    function _expectInvalid(SignedAction memory signed) private {
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_InvalidSignature.selector, signed.actor));
        book.act(_one(signed));
    }

    function _one(SignedAction memory signed) private pure returns (SignedAction[] memory all) {
        all = new SignedAction[](1);
        all[0] = signed;
    }
}
