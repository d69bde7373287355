// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IOrderBook, Order, State} from "../order/IOrderBook.sol";
import {IPaymentReceiver} from "../order/IPaymentReceiver.sol";
import {ICourt} from "./ICourt.sol";
import {IFeeInsurance} from "./IFeeInsurance.sol";

/// @title FeeInsurance: see {IFeeInsurance}.
contract FeeInsurance is IFeeInsurance {
    /// The cover is at most so many premiums. Whoever loses on purpose pays one premium to have three paid to a panel; that
    /// profits only those who hold more than a third of all seats.
    uint256 private constant COVER = 3;

    IOrderBook public immutable orderBook;
    ICourt public immutable court;

    mapping(bytes32 orderId => uint256) private _premiums;
    mapping(address currency => uint256) private _reserved;

    constructor(IOrderBook orderBook_, ICourt court_) {
        (orderBook, court) = (orderBook_, court_);
    }

    /// @inheritdoc IPaymentReceiver
    function onPaid(address from, address token, uint256 amount, bytes calldata data) external returns (bytes4) {
        require(msg.sender == address(orderBook), FeeInsurance_NotOrderBook(msg.sender));
        Order memory order = abi.decode(data, (Order));
        bytes32 orderId = orderBook.orderIdOf(order);
        address arbitrator = order.terms.arbitrator;
        require(arbitrator == address(court), FeeInsurance_OtherCourt(orderId, arbitrator));
        (State state,, uint32 step) = orderBook.stateOf(orderId);
        require(state != State.None && step == 0, FeeInsurance_TooLate(orderId));
        require(_premiums[orderId] == 0, FeeInsurance_AlreadyInsured(orderId));
        (, uint256 premium,) = court.feeOf(order.terms.currency, orderBook.totalOf(order));
        require(
            token == order.terms.currency && amount == premium && premium != 0,
            FeeInsurance_WrongPremium(token, amount, premium)
        );
        _premiums[orderId] = premium;
        emit OrderInsured(orderId, from, token, premium);
        return IPaymentReceiver.onPaid.selector;
    }

    /// @inheritdoc IFeeInsurance
    function reserve(bytes32 orderId, address currency, uint256 fee) external returns (bool reserved) {
        _requireCourt();
        uint256 premium = _premiums[orderId];
        // Also when governance has raised the fee since.
        if (premium == 0 || fee > COVER * premium || fee > _available(currency)) return false;
        _premiums[orderId] = 0;
        _reserved[currency] += fee;
        emit FeeReserved(orderId, currency, fee);
        return true;
    }

    /// @inheritdoc IFeeInsurance
    function conclude(bytes32 orderId, address currency, uint256 fee, uint256 cost) external {
        _requireCourt();
        _reserved[currency] -= fee;
        emit FeeConcluded(orderId, currency, fee, cost);
        if (cost != 0) orderBook.transfer(currency, address(court), cost);
    }

    /// @inheritdoc IFeeInsurance
    function premiumOf(bytes32 orderId) external view returns (uint256 premium) {
        return _premiums[orderId];
    }

    /// @inheritdoc IFeeInsurance
    function availableOf(address currency) external view returns (uint256) {
        return _available(currency);
    }

    function _available(address currency) private view returns (uint256) {
        return orderBook.balanceOf(address(this), currency) - _reserved[currency];
    }

    function _requireCourt() private view {
        require(msg.sender == address(court), FeeInsurance_NotCourt(msg.sender));
    }
}
